"""`glomex doctor`."""

from typing import Annotated

import typer

from glomex_cli.cli.context import Context
from glomex_cli.cli.doctor.finding import Finding
from glomex_cli.cli.doctor.runner import examine, finding_lines
from glomex_cli.cli.help import declare
from glomex_cli.cli.options import with_context
from glomex_cli.cli.printing import Output, print_report
from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.output.writer import Format

EXAMPLES = (
    "glomex doctor",
    "glomex doctor --endpoint sandbox",
    "glomex doctor --export ./lake",
    "glomex doctor -f json | jq -r '.[] | select(.state == \"fail\").hint'",
)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, doctor_command, EXAMPLES)


@with_context
def doctor_command(
    context: Context,
    *,
    destination: Annotated[
        str | None,
        typer.Option(
            "--export",
            metavar="DEST",
            help="Also check this export: a folder or a bucket.",
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="Output format; auto prints a line per check."
        ),
    ] = Format.AUTO,
) -> None:
    """Check settings, network, sign-in, schema, cache and exports.

    Prints ok, warn, fail or skip for each check, and how to fix a failure. The output contains
    no secrets, so it is safe to share. Exits with the code of the first failure.
    """
    findings: list[Finding] = []
    for finding in examine(context, destination):
        findings.append(finding)
        if format is Format.AUTO:
            context.runtime.stdout.write(finding_lines(finding, context.screen))
            context.runtime.stdout.flush()
    if format is not Format.AUTO:
        columns = tuple(Column(name, Role.DIMENSION) for name in ("check", "state", "text", "hint"))
        print_report(context, Report(columns, map(_row, findings)), Output(format))
    raise typer.Exit(next((f.verdict.exit_code for f in findings if f.verdict.exit_code), 0))


def _row(finding: Finding) -> Row:
    verdict = finding.verdict
    return {
        "check": finding.name,
        "state": verdict.state,
        "text": verdict.text,
        "hint": verdict.hint or None,
    }
