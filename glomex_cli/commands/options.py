"""Options that several commands share, each named once, and how a command gets them."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, get_type_hints

import typer

from glomex_cli.connection import Connection
from glomex_cli.flags import DEFAULT_ENDPOINT, DEFAULT_PROFILE, DEFAULT_TIMEOUT_S, Flags
from glomex_cli.terminal import ColorChoice


@dataclass(frozen=True, slots=True)
class SharedOptions(Flags):
    """The options of every command that talks to the service."""

    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            "-p",
            envvar="GLOMEX_PROFILE",
            metavar="NAME",
            help="The profile, that is the sign-in, to use.",
            show_default=DEFAULT_PROFILE,
        ),
    ] = None
    endpoint: Annotated[
        str | None,
        typer.Option(
            envvar="GLOMEX_ENDPOINT",
            metavar="URL",
            help="The address of the service, or the word sandbox.",
            show_default=DEFAULT_ENDPOINT,
        ),
    ] = None
    timeout: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.1, help="How long the whole command may wait."),
    ] = DEFAULT_TIMEOUT_S
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell of each request on stderr.")
    ] = False
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but warnings and errors on stderr.")
    ] = False
    color: Annotated[ColorChoice, typer.Option(help="When to use colour.")] = ColorChoice.AUTO
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Never ask; fail where an answer is missing.")
    ] = False


def examples(lines: tuple[str, ...]) -> str:
    """Give the end of a command's help. The mark at the top keeps its lines as they are."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def connected(command: Callable[..., None]) -> Callable[..., None]:
    """Spread a command's bundles of options into single ones for Typer.

    A parameter whose type is a dataclass stands for the options its fields declare. The first
    parameter, the Connection, is made from the shared options, which `--help` shows last.
    """
    own = list(inspect.signature(command).parameters.values())[1:]
    hints = get_type_hints(command, include_extras=True)
    bundles = {p.name: hints[p.name] for p in own if is_dataclass(hints[p.name])}

    def run(context: typer.Context, **values: Any) -> None:
        flags = SharedOptions(**_taken(SharedOptions, values))
        made = {name: bundle(**_taken(bundle, values)) for name, bundle in bundles.items()}
        command(Connection(context.obj, flags), **made, **values)

    parameters = [_parameter("context", typer.Context, inspect.Parameter.empty)]
    for each in own:
        if each.name in bundles:
            parameters += _spread(bundles[each.name])
        else:
            parameters.append(_parameter(each.name, hints[each.name], each.default))
    parameters += _spread(SharedOptions)
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return run


def _spread(bundle: Any) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(bundle, include_extras=True)
    for field in fields(bundle):
        yield _parameter(field.name, hints[field.name], field.default)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _taken(bundle: Any, values: dict[str, Any]) -> dict[str, Any]:
    return {field.name: values.pop(field.name) for field in fields(bundle)}
