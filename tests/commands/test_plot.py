"""`glomex plot`: a chart of what the service answers, on a terminal, in a pipe, in a file."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support.cli import Glomex
from support.servers.service import Service

MAY = ("--from", "2025-05-01", "--to", "2025-05-31")


def test_a_chart_has_a_title_with_total_both_ends_of_time_and_the_size_asked(
    cli: Glomex, signed_in: Service
) -> None:
    done = cli("plot", "video_views", *MAY, "--width", "70", "--height", "12")
    lines = done.out.splitlines()
    assert (done.code, done.err, len(lines)) == (0, "", 12)
    assert max(map(len, lines)) <= 70
    assert lines[0].strip().startswith("video_views ")
    assert "2025-05-01 to 2025-05-31" in lines[0]
    assert "05-01" in done.out
    assert "05-31" in done.out


def test_a_pipe_gets_no_colour_and_a_terminal_gets_the_range(
    cli: Glomex, signed_in: Service
) -> None:
    assert "\x1b" not in cli("plot", "video_views", *MAY).out
    seen = cli("plot", "video_views", *MAY, terminal=True)
    assert "\x1b[" in seen.out
    assert seen.err == "2025-05-01 to 2025-05-31 (31 days)\n"


def test_metrics_of_other_magnitude_are_named_in_a_legend(cli: Glomex, signed_in: Service) -> None:
    done = cli("plot", "video_views", "fill_rate", *MAY)
    assert done.out.count("fill_rate") >= 2


def test_compare_tells_the_earlier_range_and_draws_it(cli: Glomex, signed_in: Service) -> None:
    alone = cli("plot", "video_views", *MAY, terminal=True)
    beside = cli("plot", "video_views", *MAY, "--compare", "previous", terminal=True)
    assert "compared with 2025-03-31 to 2025-04-30 (31 days)\n" in beside.err
    assert beside.out != alone.out


@pytest.mark.parametrize("kind", ["line", "bar"])
def test_ascii_is_ascii(cli: Glomex, signed_in: Service, kind: str) -> None:
    assert cli("plot", "video_views", *MAY, "--kind", kind, "--ascii").out.isascii()


def test_output_is_an_image_of_the_chart(cli: Glomex, signed_in: Service, tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    done = cli("plot", "video_views", *MAY, "--output", str(file))
    assert (done.code, done.out) == (0, "")
    root = ET.fromstring(file.read_text("utf-8"))
    assert root.tag.endswith("svg")
    assert "video_views" in "".join(root.itertext())


def test_what_cannot_be_plotted_is_a_usage_error(cli: Glomex, signed_in: Service) -> None:
    done = cli("plot", "video_vews", *MAY)
    assert (done.code, done.out) == (2, "")
    assert "did you mean" in done.err
