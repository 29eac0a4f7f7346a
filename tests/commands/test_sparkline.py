"""`glomex sparkline`: from arguments, from stdin in every shape, and from the service."""

import json

import pytest

from support.cli import Glomex
from support.servers.service import Service

MUX = json.dumps(
    {
        "data": [
            ["2017-07-25T10:00:00Z", 421.5, 120],
            ["2017-07-25T11:00:00Z", None, None],
            ["2017-07-25T12:00:00Z", 380.25, 98],
            ["2017-07-25T13:00:00Z", "512.75", 143],
        ]
    }
)
MUX_VALUES = "421.5\nnull\n380.25\n512.75\n"  # what jq '.data[][1]' makes of it


def line_of(cli: Glomex, *argv: str, stdin: str = "") -> str:
    done = cli("sparkline", *argv, stdin=stdin)
    assert done.code == 0, done.err
    return done.out


def test_the_raw_answer_of_mux_and_its_values_by_jq_draw_the_same_line(cli: Glomex) -> None:
    assert line_of(cli, stdin=MUX) == line_of(cli, stdin=MUX_VALUES) == "▃ ▁█\n"


@pytest.mark.parametrize(
    "stdin",
    [
        "1 5 22 13 53",
        "1,5,22,13,53",
        "1\r\n5\r\n22\r\n13\r\n53\r\n",
        "[1, 5, 22, 13, 53]",
        "1\n5\n22\n13\n53",
        '{"rows": [{"n": 1}, {"n": 5}, {"n": 22}, {"n": 13}, {"n": 53}]}',
        '{"n": 1}\n{"n": 5}\n{"n": 22}\n{"n": 13}\n{"n": 53}\n',
        '{"data": {"any": {"rows": [{"n": 1}, {"n": "5"}, {"n": 22}, {"n": 13}, {"n": 53}]}}}',
    ],
)
def test_every_shape_on_stdin_draws_the_same_line(cli: Glomex, stdin: str) -> None:
    assert line_of(cli, stdin=stdin) == line_of(cli, "-", stdin=stdin) == "▁▂▄▃█\n"


def test_numbers_as_arguments_are_drawn_negative_ones_too(cli: Glomex) -> None:
    assert line_of(cli, "1", "5", "22", "13", "53") == "▁▂▄▃█\n"
    assert line_of(cli, "-1", "0", "1") == "▁▄█\n"  # round half even puts the middle on 4


def test_a_report_of_ours_is_drawn_line_by_line(cli: Glomex, signed_in: Service) -> None:
    rows = cli("report", "--from", "2025-06-02", "--to", "2025-06-09").out
    assert len(line_of(cli, stdin=rows).splitlines()) == 2
    picked = line_of(cli, "--field", "video_views", stdin=rows)
    asked = line_of(cli, "video_views", "--from", "2025-06-02", "--to", "2025-06-09")
    assert picked == asked


def test_the_service_gives_one_line_per_metric(cli: Glomex, signed_in: Service) -> None:
    lines = line_of(cli, "video_views", "revenue", "--last", "7d").splitlines()
    assert [len(line) for line in lines] == [7, 7]


def test_a_terminal_gets_names_figures_and_both_ends_of_time(
    cli: Glomex, signed_in: Service
) -> None:
    argv = ("video_views", "ad_impressions", "--from", "2025-06-02", "--to", "2025-06-15")
    done = cli("sparkline", *argv, "--color", "never", terminal=True)
    first, second, axis = done.out.splitlines()
    assert first.startswith("video_views    ")
    assert second.startswith("ad_impressions ")
    assert all(word in first for word in ("last ", "max ", " vs 2025-06-02"))
    assert "06-02" in axis
    assert "06-15" in axis
    assert done.err.startswith("2025-06-02 to 2025-06-15 (14 days)\n")


def test_a_missing_day_is_a_gap(cli: Glomex, signed_in: Service) -> None:
    line = line_of(cli, "video_views", "--from", "2025-05-09", "--to", "2025-05-12")
    assert line[1:3] == "  "


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["--ascii"], ".=@\n"),
        (["--zero"], "▄▆█\n"),
        (["--min", "0", "--max", "8"], "▃▄▄\n"),
        (["--like", "spark"], "▁▄█\n"),
        (["--height", "2"], "  █\n▁██\n"),
        (["--gap-char", "x"], "▁▄█\n"),
        (["--width", "2"], "▁█\n"),
        (["--width", "2", "--agg", "max"], "▁█\n"),
    ],
)
def test_options_shape_the_line(cli: Glomex, argv: list[str], expected: str) -> None:
    assert line_of(cli, "2", "3", "4", *argv) == expected


def test_colour_and_emphasis_only_when_asked(cli: Glomex) -> None:
    plain = line_of(cli, "1", "9", "--emphasize", "red:gt:5")
    colored = line_of(cli, "1", "9", "--emphasize", "red:gt:5", "--color", "always")
    assert (plain, "\x1b[1;31m█" in colored) == ("▁█\n", True)


def test_labels_can_be_had_in_a_pipe(cli: Glomex) -> None:
    assert line_of(cli, "1", "2", "--labels") == "▁█  last 2  min 1  max 2\n"


def test_a_bad_word_is_named_with_its_line(cli: Glomex) -> None:
    done = cli("sparkline", stdin="1\n2\nthree\n")
    assert (done.code, done.out) == (2, "")
    assert "three" in done.err
    assert "line 3" in done.err
    assert line_of(cli, "--skip-bad", stdin="1\n2\nthree\n") == "▁█ \n"


def test_nothing_at_all_is_an_empty_line(cli: Glomex) -> None:
    done = cli("sparkline", stdin="")
    assert (done.code, done.out, done.err) == (0, "\n", "no data\n")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--heigth", "2"], "unknown option '--heigth'"),
        (["1", "2", "--min", "5", "--max", "1"], "--min"),
        (["1", "--gap-char", "xx"], "--gap-char"),
        (["1", "--emphasize", "pink"], "pink"),
        (["1", "--like", "excel"], "excel"),
        (["1", "--width", "0"], "--width"),
        (["no-such-metric!"], "no-such-metric!"),
    ],
)
def test_what_cannot_be_drawn_is_a_usage_error(
    cli: Glomex, signed_in: Service, argv: list[str], message: str
) -> None:
    done = cli("sparkline", *argv)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_rate_is_averaged_with_the_views_behind_it(cli: Glomex, signed_in: Service) -> None:
    days = ("--from", "2025-01-01", "--to", "2025-06-30")
    look = ("--width", "9", "--height", "20")
    rows = cli("report", "-d", "day", "-m", "completion_rate,video_views", *days).out
    picked = line_of(cli, "--field", "completion_rate", *look, stdin=rows)
    assert line_of(cli, "completion_rate", *look, *days) == picked
    alone = cli("report", "-d", "day", "-m", "completion_rate", *days).out
    assert line_of(cli, *look, stdin=alone) != picked


def test_split_draws_up_and_down_from_zero(cli: Glomex) -> None:
    assert cli("sparkline", "--split", "--", "3", "-2", "5", "-1", "0").out == "▅ █ ▁\n ▀ ▔ \n"


def test_shared_draws_all_lines_on_one_scale(cli: Glomex) -> None:
    rows = '[{"a": 1, "b": 10}, {"a": 2, "b": 20}]'
    assert cli("sparkline", stdin=rows).out == "▁█\n▁█\n"
    assert cli("sparkline", "--shared", stdin=rows).out == "▁▁\n▄█\n"
