"""Saved reports: the options of `glomex report` under a name, kept in `config.toml`.

`report NAME` parses the saved options as if they were typed before those that are: a typed option
takes the place of the saved one, and of what cannot be beside it.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, NamedTuple

import typer
from typer.exceptions import TyperException

from glomex_cli.cli.context import Context
from glomex_cli.cli.help import SectionedCommand
from glomex_cli.cli.options import Section, flag
from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.models import Bucket, Column, Report, Role
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
}
# A JSON Web Token (RFC 7519) begins with an encoded `{"`.
_TOKEN: Final = re.compile(r"eyJ[\w-]{8,}\.[\w-]+")


class SavedOptions(NamedTuple):
    """What to do with saved reports, instead of printing one."""

    save: Annotated[
        str | None,
        typer.Option(
            "--save",
            metavar="NAME",
            help="Save the options typed here under a name, without printing a report.",
            show_default="none",
        ),
    ] = None
    list_saved: Annotated[bool, flag("--list", help="List the saved reports.")] = False
    delete: Annotated[
        str | None,
        typer.Option(
            "--delete", metavar="SAVED", help="Delete a saved report.", show_default="none"
        ),
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
        typed = self._values(ctx, args)
        added = self._saved(ctx, typed) if typed.get("saved") else {}
        displaced = set(typed).union(*(_DISPLACED.get(name, set()) for name in typed))
        kept = {name: value for name, value in added.items() if name not in displaced}
        ctx.meta[_ADDED] = frozenset(kept)
        ctx.meta[_OPTIONS] = shlex.join(self._words({**kept, **typed}))
        return super().parse_args(ctx, [*self._words(kept), *args])

    def _values(self, ctx: Any, words: list[str]) -> dict[str, Any]:
        """Return what was typed by the name of the parameter."""
        found, _, _ = self.make_parser(ctx).parse_args(list(words))
        return {name: value for name, value in found.items() if isinstance(value, (str, bool, list))}

    def _words(self, values: Mapping[str, Any]) -> Iterator[str]:
        """Yield the options as they are typed in full; none of `_OWN`."""
        for parameter in self.params:
            value = values.get(parameter.name or "")
            if value is None or parameter.name in _OWN:
                continue
            name = max(parameter.opts, key=len)
            for each in value if isinstance(value, list) else [value]:
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
            if _OWN & set(values):
                raise ValueError
            self.make_context(ctx.info_name, words, parent=ctx.parent, obj=ctx.obj)
        except (TyperException, UsageError) as error:
            problem = error.message[:1].lower() + error.message[1:].rstrip(".")
            raise broken_report(folder, name, f"reports.{name}: {problem}") from None
        except ValueError:
            problem = f"reports.{name} holds no options of glomex report"
            raise broken_report(folder, name, problem) from None
        return values


def _no_such_report(name: str, reports: Mapping[str, str]) -> UsageError:
    like = closest(name, list(reports))
    hint = f"did you mean: glomex report {like}" if like else "glomex report --list"
    if name in {*Bucket, "video", "channel"}:
        hint = f"for rows by {name}: glomex report -d {name}"
    return UsageError(f"there is no saved report {quoted(name)}", hint)


def is_added(context: Context, parameter: str) -> bool:
    """Return whether a value comes from a saved report, not from the command line."""
    return context.parsed is not None and parameter in context.parsed.meta.get(_ADDED, ())


def save_options(context: Context, name: str) -> None:
    """Save the options of this command line; UsageError for a bad name or a secret among them."""
    from glomex_cli.config.profile_writer import save_report
    from glomex_cli.terminal.sanitize import mask_secrets

    options = context.parsed.meta[_OPTIONS] if context.parsed else ""
    if _TOKEN.search(options) or mask_secrets(options) != options:
        raise UsageError(
            "a saved report holds no password and no token", "leave out the option that holds one"
        )
    is_new = not save_report(context.settings.folder, name, options)
    context.talk.say(f"{'saved' if is_new else 'replaced'} {name}; run it: glomex report {name}")


def delete_saved(context: Context, name: str) -> None:
    """Delete a saved report; UsageError where there is none of that name."""
    from glomex_cli.config.profile_writer import remove_report
    from glomex_cli.config.profiles import read_profiles

    folder = context.settings.folder
    if not remove_report(folder, name):
        raise _no_such_report(name, read_profiles(folder).reports)
    context.talk.say(f"deleted {name}")


def saved_rows(context: Context) -> Report:
    """Return the saved reports as rows of names and options, in the order of the file."""
    from glomex_cli.config.profiles import read_profiles

    reports = read_profiles(context.settings.folder).reports
    if not reports:
        context.talk.say("no saved reports; save one: glomex report -d week --save weekly")
    columns = tuple(Column(name, Role.DIMENSION) for name in ("name", "options"))
    return Report(columns, [{"name": name, "options": text} for name, text in reports.items()])


def only_one(options: SavedOptions) -> None:
    """Raise UsageError where more than one thing is to be done with saved reports."""
    given = {"--save": options.save, "--list": options.list_saved, "--delete": options.delete}
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise UsageError(f"{' and '.join(names)} cannot be combined", f"keep {names[0]}")
