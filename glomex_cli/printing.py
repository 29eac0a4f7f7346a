"""A report on its way out: rows to stdout, what is missing to stderr."""

from collections.abc import Sequence

from glomex_cli.connection import Connection
from glomex_cli.errors import IncompleteError
from glomex_cli.models import Problem, Report
from glomex_cli.render import Format, Options, write_report


def print_report(connection: Connection, report: Report, form: Format) -> None:
    """Write `report`; raises IncompleteError, after its rows, where the service left some out."""
    write_report(report, connection.runtime.stdout, screen=connection.screen, options=Options(form))
    refuse_problems(connection, report.problems)


def refuse_problems(connection: Connection, problems: Sequence[Problem]) -> None:
    """Tell each problem of a report whose rows have been read, and end as incomplete."""
    for problem in problems:
        where = f" at {problem.path}" if problem.path else ""
        connection.warn(f"missing{where}: {problem.message}")
    if problems:
        raise IncompleteError("the service could not give all of the report", "try again later")
