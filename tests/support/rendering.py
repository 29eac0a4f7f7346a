"""Reports to render, streams to render them to, and a terminal to look at the result."""

import io
from collections.abc import Iterable, Mapping

import pyte
from hypothesis import strategies as st

from glomex_cli.models import Cell, Column, Report, Role, Row
from glomex_cli.output.writer import Format, Options, write_blocks
from glomex_cli.terminal.screen import Screen

PIPE = Screen(is_terminal=False, width=80, height=24, color=False, unicode=True)

DAYS = Report(
    (Column("day", Role.DIMENSION), Column("video_views", Role.METRIC)),
    [
        {"day": "2026-03-01", "video_views": 1234567},
        {"day": "2026-03-02", "video_views": None},
        {"day": "2026-03-03", "video_views": 0.5},
    ],
    total={"day": None, "video_views": 1234567.5},
)

COMPARED = (
    Column("video", Role.DIMENSION),
    Column("views", Role.METRIC),
    Column("views_change", Role.CHANGE),
    Column("views_percent", Role.PERCENT),
    Column("trend", Role.TREND),
)

# What makes a terminal do things, spreadsheets calculate, and rich or Markdown format.
HOSTILE = (
    "\x1b[2J\x1b[1;1HBALANCE 999",
    "\x1b]0;title\x07",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]52;c;cm0gLXJm\x1b\\",
    "\x1bP$qm\x1b\\",
    "\x1b(0lqqk\x1b(B",
    "\x9b2J\x9b31m",
    "\x9d0;title\x9c",
    "\x90q\x9c",
    "\rBALANCE 999",
    "\b\b\b\b\x0b\x0c\x0e\x0f\x05\x00",
    "one\ntwo\r\nthree\ttabs",
    "\u202egnp.exe\u2066x\u2069\u200f",
    "a\u2028b\u2029c\x85d",
    "\u0301\u0301first",
    "e" + "\u0301" * 15,
    "zero\u200bwidth\ufeff\u2060",
    "\U000e0041\U000e0042",
    "\ud800 lone \udfff",
    "[bold red]x[/bold red]",
    "[link=https://evil.example]y[/link]",
    "[/foo]",
    "[@click=app.quit]z",
    ":smile: \\[b]",
    '=HYPERLINK("http://evil.example")',
    "| a | `b` | <script>alert(1)</script> |",
)


def on_terminal(width: int = 80, *, color: bool = False, unicode: bool = True) -> Screen:
    """Return a terminal of that width."""
    return Screen(is_terminal=True, width=width, height=24, color=color, unicode=unicode)


def written(
    report: Report,
    format: Format,  # noqa: A002 - the option's own name
    *,
    screen: Screen = PIPE,
    limit: int | None = None,
    raw: bool = False,
) -> str:
    """Return what `write_blocks` writes."""
    out = io.StringIO(newline="")
    write_blocks(report, out, screen, Options(format, limit, raw))
    return out.getvalue()


def report_of(*rows: Mapping[str, Cell], roles: Iterable[Role] = ()) -> Report:
    """Make a report of rows alike, all columns dimensions unless `roles` say otherwise."""
    names = list(rows[0])
    columns = zip(names, list(roles) or [Role.DIMENSION] * len(names), strict=True)
    return Report(tuple(Column(name, role) for name, role in columns), rows)


def as_rows(names: Iterable[str], cells: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[Row]]:
    """Draw lists of rows with these names."""
    return st.lists(st.fixed_dictionaries(dict.fromkeys(names, cells)), max_size=8)


class Emulator:
    """A terminal that was full of text before, on which a program writes from line `top` on."""

    def __init__(self, width: int, height: int, top: int) -> None:
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.Stream(self._screen)
        self._width, self._height = width, height
        self._stream.feed("\r\n".join(["#" * width] * height) + f"\x1b[{top + 1};1H")

    def write(self, text: str) -> None:
        """Take output as a terminal does after its driver turned LF into CR LF."""
        self._stream.feed(text.replace("\n", "\r\n"))

    def line(self, number: int) -> list[str]:
        """Return what stands in each column of a line; the right half of a wide one is empty."""
        cells = self._screen.buffer[number]
        return [str(cells[x].data) for x in range(self._width)]

    def untouched(self) -> list[int]:
        """Name the lines on which nothing was written."""
        return [n for n in range(self._height) if self.line(n) == ["#"] * self._width]

    @property
    def cursor(self) -> tuple[int, int]:
        """Return line and column of the cursor."""
        return self._screen.cursor.y, self._screen.cursor.x

    @property
    def title(self) -> str:
        """Return the window's title, which nobody set."""
        return str(self._screen.title)
