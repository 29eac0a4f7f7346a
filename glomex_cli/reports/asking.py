"""A report asked for with care: names checked where they are known, long ranges split."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from glomex_cli.auth.renewal import with_session
from glomex_cli.errors import InvalidQueryError
from glomex_cli.reports.naming import check_names, fits
from glomex_cli.terminal.progress import progress_bar

if TYPE_CHECKING:
    from glomex_cli.cli.context import Connection
    from glomex_cli.models import Report, ReportRequest


def ask_report(connection: Connection, request: ReportRequest) -> Report:
    """Give the report; UsageError with a did-you-mean for a name the account does not have.

    Names are checked against the schema that is remembered, and against a fresh one before
    they are refused. Where no schema is known they are sent as asked.
    """
    _check(connection, request)
    try:
        return _ask(connection, request)
    except InvalidQueryError:
        if schema := connection.memory.learnt.schema:
            check_names(request, schema)
        raise


def _check(connection: Connection, request: ReportRequest) -> None:
    known = connection.memory.learnt.schema
    if known is None or fits(request, known):
        return
    if fresh := with_session(connection, lambda service, token: service.schema(token)):
        check_names(request, fresh)


def _ask(connection: Connection, request: ReportRequest) -> Report:
    from glomex_cli.reports.fetch import is_long, split_report

    if not is_long(request):
        return _report(connection, request)
    with progress_bar(connection.runtime.stderr, connection.progress_screen) as progress:
        return split_report(partial(_report, connection), request, progress=progress)


def _report(connection: Connection, request: ReportRequest) -> Report:
    return with_session(connection, lambda service, token: service.report(request, token))
