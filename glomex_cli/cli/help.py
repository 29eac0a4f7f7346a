"""Declare a command: its class, whose help is in sections, and its examples.

Help is as wide as the terminal, up to 100 columns; where that is narrow, descriptions go below
the options that they describe.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from glomex_cli.cli.app import fit_to_terminal, write_epilog, write_list
from glomex_cli.errors import UsageError
from glomex_cli.suggestions import quoted

if TYPE_CHECKING:
    import typer
    from typer._click import Context as TyperContext
    from typer._click import HelpFormatter

_OWN_SECTION = "Options"
LAST_SECTION = "Global options"
# No negative number, nor one of the words for a gap that a program may print.
_OPTION = r"(?i)-(?!(?:inf|infinity|nan)$)[^\d.]"
# Typer puts a default in words in parentheses, which say nothing to the reader.
_WORDED_DEFAULT = r"default: \((.*?)\)(?=[;\]])"
_LEAST = r"x>=(\d+)"
_BETWEEN = r"(\d+)<=x<=(\d{1,4})\b"
_ANY = r"(?:; |  \[)\d+<=x<=\d+(\]?)|; at least 1(?=\])|  \[at least 1\]"


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

    def parse_args(self, ctx: "TyperContext", args: list[str]) -> list[str]:
        """Parse arguments; a failure learns which command it belongs to, for its hint."""
        ctx.allow_extra_args = True
        try:
            extra = super().parse_args(ctx, args)
            self._refuse_unknown_options(ctx)
        except TyperException as error:
            if getattr(error, "ctx", None) is None:
                vars(error)["ctx"] = ctx
            raise
        if extra and not ctx.resilient_parsing:
            is_report = any("--metric" in each.opts for each in self.params)
            hint = "type metrics after -m, and dimensions after -d"
            raise UsageError(
                f"unexpected argument {quoted(extra[0])}",
                hint if is_report else f"{ctx.command_path} --help",
            )
        return extra

    def get_help(self, ctx: "TyperContext") -> str:
        """Return the help, as wide as the terminal."""
        fit_to_terminal(ctx)
        return super().get_help(ctx)

    def format_options(self, ctx: "TyperContext", formatter: "HelpFormatter") -> None:
        """Write a section for each panel."""
        sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], _OWN_SECTION: []}
        for parameter in self.get_params(ctx):
            if record := parameter.get_help_record(ctx):
                sections.setdefault(_section(parameter, sections), []).append(_tidied(record))
        for title, records in sections.items():
            write_list(formatter, title, records)

    def format_epilog(self, ctx: "TyperContext", formatter: "HelpFormatter") -> None:  # noqa: ARG002
        """Write the examples as they are, which may be copied then."""
        write_epilog(formatter, self.epilog)

    def collect_usage_pieces(self, ctx: "TyperContext") -> list[str]:
        """Return the words of the usage line, without braces around what is required."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def _refuse_unknown_options(self, ctx: "TyperContext") -> None:
        """Refuse a misspelled option where arguments may be negative numbers."""
        arguments = [each for each in self.params if each.param_type_name == "argument"]
        words = [word for each in arguments for word in ctx.params.get(each.name or "") or ()]
        for word in words if ctx.ignore_unknown_options else ():
            if re.match(_OPTION, word):
                from typer._click.exceptions import NoSuchOption

                raise NoSuchOption(word.partition("=")[0], ctx=ctx)


class SectionedGroup(TyperGroup):
    """A group of commands whose help looks like that of a command."""

    def get_help(self, ctx: "TyperContext") -> str:
        """Return the help, as wide as the terminal."""
        fit_to_terminal(ctx)
        return super().get_help(ctx)

    def format_options(self, ctx: "TyperContext", formatter: "HelpFormatter") -> None:
        """Write the commands, then the options."""
        commands = [(name, each.help or "") for name, each in self.commands.items()]
        write_list(formatter, "Commands", [(name, text.split("\n")[0]) for name, text in commands])
        records = [each.get_help_record(ctx) for each in self.get_params(ctx)]
        write_list(formatter, _OWN_SECTION, [each for each in records if each])

    def resolve_command(self, ctx: "TyperContext", args: list[str]) -> Any:
        """Return the command that the first word names; UsageError where it names none."""
        if args[0] not in self.commands:
            from glomex_cli.cli.usage import unknown_command

            raise unknown_command(args, self.commands, path=ctx.command_path)
        return super().resolve_command(ctx, args)


def _section(parameter: Any, sections: Collection[str]) -> str:
    if parameter.param_type_name == "argument":
        return "Arguments"
    if parameter.name == "help":
        return LAST_SECTION if LAST_SECTION in sections else _OWN_SECTION
    return parameter.rich_help_panel or _OWN_SECTION


def _tidied(record: tuple[str, str]) -> tuple[str, str]:
    names, text = record
    text = re.sub(_BETWEEN, r"\1 to \2", re.sub(_LEAST, r"at least \1", text))
    text = re.sub(_ANY, lambda found: "]" if found[0].startswith(";") and found[1] else "", text)
    return names, re.sub(_WORDED_DEFAULT, r"default: \1", text).replace("env var: ", "env: ")
