"""Declare a command: its class, whose help is in sections, and its examples."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from typer._click.exceptions import NoSuchOption
from typer.core import TyperCommand
from typer.exceptions import TyperException

from glomex_cli.suggestions import closest

if TYPE_CHECKING:
    import typer
    from typer._click import Context, HelpFormatter

_OWN_SECTION = "Options"
LAST_SECTION = "Options of every command"
# No negative number, nor one of the words for a gap that a program may print.
_OPTION = re.compile(r"-(?!(?:inf|infinity|nan)$)[^\d.]", re.IGNORECASE)
# Typer puts a default in words in parentheses, which say nothing to the reader.
_WORDED_DEFAULT = re.compile(r"default: \((.*?)\)(?=[;\]])")


def declare(
    app: "typer.Typer",
    command: Callable[..., None],
    examples: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    kind: "type[SectionedCommand] | None" = None,
) -> None:
    """Add `word_command` to `app` as `word`, with its examples at the end of its help.

    The mark at their top keeps the lines as they are. `kind` is the class of the command.
    """
    name = command.__name__.removesuffix("_command")
    epilog = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in examples)
    declared = app.command(
        name, cls=kind or SectionedCommand, epilog=epilog, context_settings=dict(settings or {})
    )
    declared(command)


class SectionedCommand(TyperCommand):
    """A command that shows its options by their panels, those of every command last."""

    def parse_args(self, ctx: "Context", args: list[str]) -> list[str]:
        """Parse arguments; a failure learns which command it belongs to, for its hint."""
        try:
            rest = super().parse_args(ctx, args)
            self._refuse_unknown_options(ctx)
        except TyperException as error:
            if getattr(error, "ctx", None) is None:
                vars(error)["ctx"] = ctx
            raise
        return rest

    def format_options(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write a section for each panel."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], _OWN_SECTION: []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                sections.setdefault(_section(parameter), []).append(_tidied(record))
        for title, records in sections.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)

    def _refuse_unknown_options(self, ctx: "Context") -> None:
        """Refuse a misspelled option where arguments may be negative numbers."""
        arguments = [each for each in self.params if each.param_type_name == "argument"]
        words = [word for each in arguments for word in ctx.params.get(each.name or "") or ()]
        known = [name for each in self.params for name in (*each.opts, *each.secondary_opts)]
        for word in words if ctx.ignore_unknown_options else ():
            if _OPTION.match(word):
                like = closest(word.partition("=")[0], known)
                raise NoSuchOption(word, possibilities=[like] if like else None, ctx=ctx)


def _section(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return "Arguments"
    if parameter.name == "help":
        return LAST_SECTION
    return parameter.rich_help_panel or _OWN_SECTION


def _tidied(record: tuple[str, str]) -> tuple[str, str]:
    names, text = record
    return names, _WORDED_DEFAULT.sub(r"default: \1", text).replace("x>=", "at least ")
