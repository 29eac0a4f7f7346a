"""`glomex demo`: the tour. Each command is shown, then run for real on the embedded sandbox."""

import io
import shlex
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TextIO

import typer

from glomex_cli.cli.help import declare
from glomex_cli.terminal.runtime import Runtime
from glomex_cli.terminal.screen import screen_of

EXAMPLES = ("glomex demo",)

_ENVIRONMENT = {"GLOMEX_ENDPOINT": "sandbox", "GLOMEX_STORE": "file"}

_TOUR = (
    (
        "What Mux showed in 2017 with curl, jq and spark: a day of one metric.",
        "sparkline time_to_first_frame --last 24h --endpoint mux-sandbox",
    ),
    ("Sign in. The code comes from the sandbox's own authenticator app.", "login"),
    ("Who is signed in, and for how long?", "status"),
    ("The last days, a row each.", "report --dimension day --last 7d"),
    (
        "The most watched channels, each with its days drawn beside it.",
        "report -d channel -m video_views --last 4w --limit 5 --trend",
    ),
    (
        "Into a pipe it is JSON, and a sparkline takes JSON.",
        "report --last 4w | sparkline --field video_views",
    ),
    (
        "A quarter at a glance, straight from the service.",
        "sparkline video_views ad_impressions revenue --last 12w",
    ),
    (
        "And as a chart, beside the weeks before.",
        "plot video_views --last 4w --compare previous --height 16",
    ),
)


_NEXT = (
    (
        "Go on without an account:",
        ("GLOMEX_ENDPOINT=sandbox glomex report --dimension channel",),
    ),
    ("Or with your own:", ("glomex login", "glomex report --dimension day")),
    ("Every command has examples:", ("glomex report --help",)),
)
# How long a person is given to read; half of it between a command and its output.
_PAUSE_S = 2.0


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    declare(app, demo_command, EXAMPLES)


def demo_command(context: typer.Context) -> None:
    """Run a guided tour on the embedded sandbox.

    Draws a day of Mux Data, signs in to Glomex with a one-time code, prints reports and draws
    sparklines. It needs no account and no network, and saves nothing: its session is in a
    temporary folder. On a terminal it pauses after each step; set CI=1 to skip the pauses.
    """
    runtime = context.obj
    screen = screen_of(runtime.stdout, runtime.environ)
    pause_s = _PAUSE_S if screen.is_terminal and not runtime.environ.get("CI") else 0.0
    stage = _Stage(runtime.stdout)
    tourist = replace(runtime, stdout=stage, ask=_Visitor(runtime, stage))
    with tempfile.TemporaryDirectory(prefix="glomex-demo-") as folder:
        _settle(tourist, folder, is_colored=screen.color)
        for why, line in _TOUR:
            commands = [f"glomex {command}" for command in line.split(" | ")]
            stage.write(_announced(why, [" | ".join(commands)], is_colored=screen.color))
            time.sleep(pause_s / 2)
            _run(context, line, tourist)
            time.sleep(pause_s)
    for why, following in _NEXT:
        stage.write(_announced(why, following, is_colored=screen.color))


def _announced(why: str, commands: Sequence[str], *, is_colored: bool) -> str:
    dim, plain = ("\x1b[2m", "\x1b[0m") if is_colored else ("", "")
    lines = "".join(_typed(command, is_colored=is_colored) for command in commands)
    return f"\n{dim}# {why}{plain}\n{lines}"


def _typed(command: str, *, is_colored: bool) -> str:
    """Return a command behind a prompt."""
    return f"\x1b[2m$\x1b[0m \x1b[1m{command}\x1b[0m\n" if is_colored else f"$ {command}\n"


def _settle(tourist: Runtime, folder: str, *, is_colored: bool) -> None:
    """Point this process at the sandbox, away from the person's own accounts and stores.

    No pager waits for keys in the middle of the tour.
    """
    for name in [name for name in tourist.environ if name.startswith("GLOMEX_")]:
        del tourist.environ[name]
    tourist.environ.update(_ENVIRONMENT, GLOMEX_CONFIG_DIR=folder, PAGER="cat")
    if not is_colored:
        tourist.environ["NO_COLOR"] = "1"
    exports = " ".join(f"{name}={value}" for name, value in _ENVIRONMENT.items())
    tourist.stdout.write(_typed(f"export {exports}", is_colored=is_colored))


def _run(context: typer.Context, line: str, tourist: Runtime) -> None:
    """Run a pipeline of glomex commands, each with the output of the one before."""
    *before, last = line.split(" | ")
    stdin = tourist.stdin
    for command in before:
        pipe = _Pipe()
        _invoke(context, command, replace(tourist, stdin=stdin, stdout=pipe))
        stdin = io.BytesIO(pipe.getvalue().encode())
    _invoke(context, last, replace(tourist, stdin=stdin))


def _invoke(context: typer.Context, command: str, runtime: Runtime) -> None:
    glomex = context.find_root().command
    with glomex.make_context("glomex", shlex.split(command), obj=runtime) as inner:
        glomex.invoke(inner)


class _Pipe(io.StringIO):
    """What a pipe between two commands is to the first: no terminal, UTF-8."""

    encoding = "utf-8"


class _Stage(io.StringIO):
    """The person's stdout, which shows what a terminal shows even where the tour is piped."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]  # pyright: ignore[reportIncompatibleVariableOverride]
        return self._stream.encoding

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, text: str, /) -> int:
        written = self._stream.write(text)
        self._stream.flush()  # what stderr says comes after it, in a file too
        return written

    def flush(self) -> None:
        self._stream.flush()


class _Visitor:
    """Answers the prompts of `login` as the owner of the sandbox's account would."""

    def __init__(self, runtime: Runtime, stage: TextIO) -> None:
        from pyotp.totp import TOTP

        from glomex_cli.sandbox import sessions as accounts

        self._stage = stage
        self._answers: dict[str, Callable[[], str]] = {
            "Email": lambda: accounts.SANDBOX_LOGIN,
            "Tenant": lambda: accounts.SANDBOX_TENANT,
            "Password": lambda: accounts.SANDBOX_PASSWORD,
            "MFA code": lambda: TOTP(accounts.SANDBOX_TOTP_SEED).at(runtime.now()),
        }

    def __call__(self, label: str, *, hidden: bool = False) -> str:
        answer = self._answers[label]()
        self._stage.write(f"{label}: {'' if hidden else answer}\n")
        return answer
