"""The options of `glomex report`: of its rows, and saved under a name in `config.toml`.

`report NAME` parses the saved options as if they were typed before those that are: a typed option
takes the place of the saved one, and of what cannot be beside it.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, cast

import typer
from typer.exceptions import TyperException

from glomex_cli.cli.help import SectionedCommand
from glomex_cli.cli.options import Section, flag
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Column, Report, ReportRequest, Role
from glomex_cli.suggestions import closest, quoted

_OPTIONS: Final = "glomex.saved.options"
_ADDED: Final = "glomex.saved.added"
# The parameters of this module, which no saved report may hold.
_OWN: Final = frozenset({"saved", "save", "list_saved", "delete"})
# What a typed option displaces beside itself.
_DISPLACED: Final = {
    "first": {"span", "named"},
    "last": {"span", "named"},
    "span": {"first", "last", "named"},
    "named": {"first", "last", "span"},
    "format": {"bom", "raw_csv"},
    "output": {"format", "bom", "raw_csv"},
    "color": {"no_color"},
    "no_color": {"color"},
}
# A JSON Web Token (RFC 7519) begins with an encoded `{"`.
_JWT: Final = r"eyJ[\w-]{8,}\.[\w-]+"


class RowOptions(NamedTuple):
    """What to do with the rows before they are printed; see `reports.pipeline.Work`."""

    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="FIELD",
            help="Sort by a column; prefix it with - for descending: --sort -video_views.",
            show_default="by time, else by the first metric",
        ),
    ] = None
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            metavar="N",
            min=1,
            max=1_000_000_000,
            help="Print only the first N rows.",
        ),
    ] = None
    total: Annotated[bool, flag("--total", help="Add a row of totals to tables and Markdown.")] = (
        False
    )
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="RANGE",
            help="Compare with: previous, year, or FROM..TO.",
        ),
    ] = None
    trend: Annotated[
        bool, flag("--trend", help="Add a sparkline of each row's days to tables.")
    ] = False


class SavedOptions(NamedTuple):
    """What to do with saved reports, instead of printing one; at most one thing."""

    save: Annotated[
        str | None,
        typer.Option(
            "--save",
            metavar="NAME",
            help="Save the options on this line as a report of that name.",
        ),
    ] = None
    list_saved: Annotated[bool, flag("--list", help="List saved reports.")] = False
    delete: Annotated[
        str | None,
        typer.Option("--delete", metavar="SAVED", help="Delete a saved report."),
    ] = None


SavedSection = Annotated[SavedOptions, Section("Saved reports")]


class ReportCommand(SectionedCommand):
    """A command whose argument `saved` names a saved report."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse arguments, with the options of the saved report that they name before them.

        Raises UsageError where there is none of that name, ConfigurationError with file and
        key where its options cannot be parsed.
        """
        if ctx.obj is None or {"-h", "--help"} & set(args):
            return super().parse_args(ctx, args)
        try:
            typed = self._values(ctx, args)
        except TyperException:
            return super().parse_args(ctx, args)  # which raises it with its command
        added = self._saved(ctx, typed) if typed.get("saved") else {}
        displaced = set(typed).union(*(_DISPLACED.get(name, set()) for name in typed))
        kept = {name: value for name, value in added.items() if name not in displaced}
        ctx.meta[_ADDED] = frozenset(kept)
        ctx.meta[_OPTIONS] = shlex.join(self._words({**kept, **typed}))
        return super().parse_args(ctx, [*self._words(kept), *args])

    def _values(self, ctx: Any, words: list[str]) -> dict[str, Any]:
        """Return what was typed by the name of the parameter."""
        found, _, _ = self.make_parser(ctx).parse_args(list(words))
        return {
            name: value for name, value in found.items() if isinstance(value, (str, bool, list))
        }

    def _words(self, values: Mapping[str, Any]) -> Iterator[str]:
        """Yield the options with their long names, in the order of `values`; none of `_OWN`."""
        names = {each.name: max(each.opts, key=len) for each in self.params}
        for parameter, value in values.items():
            if parameter in _OWN:
                continue
            name = names[parameter]
            for each in cast("list[str | bool]", value if isinstance(value, list) else [value]):
                if isinstance(each, bool):
                    yield name
                elif each.startswith("-"):
                    yield f"{name}={each}"
                else:
                    yield from (name, each)

    def _saved(self, ctx: Any, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the saved report that was named."""
        from glomex_cli.config.profiles import broken_report, read_profiles
        from glomex_cli.config.settings import config_folder

        folder, name = config_folder(ctx.obj.environ), typed["saved"]
        reports = read_profiles(folder).reports
        if name not in reports:
            raise _no_such_report(name, reports)
        try:
            words = shlex.split(reports[name])
            values = self._values(ctx, words)
            self.make_context(ctx.info_name, [] if _OWN & set(values) else words, parent=ctx.parent)
        except (TyperException, UsageError) as error:
            from glomex_cli.cli.usage import usage_error

            said = usage_error(error) if isinstance(error, TyperException) else error
            raise broken_report(folder, name, f"reports.{name}: {said.message}") from None
        except ValueError:
            values = dict.fromkeys(_OWN)
        if _OWN & set(values):
            problem = f"reports.{name} is not a list of options of glomex report"
            raise broken_report(folder, name, problem)
        return values


def _no_such_report(name: str, reports: Mapping[str, str]) -> UsageError:
    like = closest(name, list(reports))
    hint = f"did you mean glomex report {like}?" if like else "glomex report --list"
    if name in {*Bucket, "video", "channel"}:
        hint = f"to group by {name}: glomex report -d {name}"
    elif "_" in name and not like:
        hint = f"for a metric: glomex report -m {name}"
    return UsageError(f"there is no saved report {quoted(name)}", hint)


def is_added(parameter: str, parsed: typer.Context | None) -> bool:
    """Return whether a value comes from a saved report, not from the command line."""
    return parsed is not None and parameter in parsed.meta.get(_ADDED, ())


def manage_saved(
    folder: Path, options: SavedOptions, *, say: Callable[[str], None]
) -> Report | None:
    """List or delete saved reports; return the list to print, where that is asked for.

    Raises UsageError for more than one thing to do, and for the name of no saved report.
    """
    from glomex_cli.config.profile_writer import remove_report
    from glomex_cli.config.profiles import read_profiles

    given = {"--save": options.save, "--list": options.list_saved, "--delete": options.delete}
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise UsageError(f"{' and '.join(names)} cannot be combined", f"keep {names[0]}")
    reports = read_profiles(folder).reports
    if options.delete is not None:
        if not remove_report(folder, options.delete):
            raise _no_such_report(options.delete, reports)
        say(f"deleted {options.delete}")
        return None
    if not reports:
        say("no saved reports; save one: glomex report -d week --save weekly")
    columns = tuple(Column(name, Role.DIMENSION) for name in ("name", "options"))
    return Report(columns, [{"name": name, "options": text} for name, text in reports.items()])


def save_options(folder: Path, name: str, parsed: typer.Context | None) -> str:
    """Save the options of a command line, which has been checked; return a note on it.

    Raises UsageError for a bad name, and for a secret among the options.
    """
    from glomex_cli.config.profile_writer import save_report
    from glomex_cli.terminal.sanitize import mask_secrets

    options = parsed.meta[_OPTIONS] if parsed else ""
    if re.search(_JWT, options) or mask_secrets(options) != options:
        raise UsageError(
            "a saved report holds no password and no token", "leave out the option that holds one"
        )
    is_replaced = save_report(folder, name, options)
    return f"{'replaced' if is_replaced else 'saved'} {name}; run it: glomex report {name}"


def check_comparison(typed: str | None, request: ReportRequest, now: datetime) -> None:
    """Raise UsageError for a comparison that cannot be made."""
    from glomex_cli.dates.buckets import bucket_in
    from glomex_cli.dates.comparison import parse_comparison

    if typed is not None:
        bucket = bucket_in(request.dimensions)
        parse_comparison(typed, request.period, now=now, bucket=bucket)
