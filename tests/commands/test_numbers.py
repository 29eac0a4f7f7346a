"""Numbers of options: no NaN, no infinity, nothing out of range, and never exit code 1."""

import pytest

from support.cli import Glomex

ODD = (
    *("nan", "NaN", "inf", "-inf", "-1", "0", "1e999", "1e300", "9" * 400, "", "x"),
    *("１", "0x10", "1_0"),
)
OPTIONS = (
    ("report", "--timeout"),
    ("sparkline", "video_views", "--watch"),
    ("report", "--limit"),
    ("report", "--last"),
    ("plot", "--height"),
    ("sparkline", "1", "2", "--width"),
    ("sparkline", "1", "2", "--min"),
    ("sandbox", "serve", "--delay"),
    ("sandbox", "serve", "--port"),
)
# Numbers that may be given there: what Python reads as one is one.
TAKEN = {
    ("--min", "-1"), ("--min", "0"), ("--min", "1e300"), ("--min", "１"), ("--min", "1_0"),
    ("--port", "0"), ("--port", "１"), ("--port", "1_0"), ("--delay", "0"),
    ("--width", "１"), ("--width", "1_0"),
    ("--limit", "１"), ("--limit", "1_0"), ("--height", "１"), ("--height", "1_0"),
}  # fmt: skip
CASES = [(*argv, value) for argv in OPTIONS for value in ODD if (argv[-1], value) not in TAKEN]


@pytest.mark.bug("B17")
@pytest.mark.parametrize("argv", CASES, ids=lambda argv: " ".join(argv)[:60])
def test_a_number_that_makes_no_sense_ends_with_two(cli: Glomex, argv: tuple[str, ...]) -> None:
    done = cli(*argv) if argv[0] == "sandbox" else cli(*argv, "--endpoint", "sandbox")
    assert (done.code, done.out) == (2, ""), done.err
    assert "hint: " in done.err


@pytest.mark.parametrize("value", ["0.1", "5", "2.5", "1e2", ".5", "86400"])
def test_seconds_that_can_be_waited_are_taken(cli: Glomex, value: str) -> None:
    assert cli("sparkline", "1", "2", "--timeout", value).code == 0


@pytest.mark.bug("B17")
def test_the_range_is_told(cli: Glomex) -> None:
    assert cli("report", "--timeout", "nan").err == (
        "error: --timeout 'nan' is not a valid number of seconds\n"
        "hint: type a number from 0.1 to 86400\n"
    )
