"""Small charts, whole, as they are drawn without color."""

import pytest

from glomex_cli.charts.plot.draw import draw_chart
from glomex_cli.charts.plot.layout import Chart, ChartCanvas, ChartKind, ChartLine
from support.charts.plots import canvas, daily

PICTURES = [
    pytest.param(
        Chart(
            "views, 8 days",
            [ChartLine("views", daily([0, 4, 8, None, None, 2, 6, 6]))],
            ChartKind.LINE,
        ),
        canvas(40, 10),
        [
            "views, 8 days",
            " ┌─────────────────────────────────────┐",
            "8┤         ⡠⠊                          │",
            " │       ⡠⠊                      ⡠⠤⠤⠤⠤⠤│",
            " │     ⡠⠊                      ⡠⠊      │",
            " │   ⡠⠊                      ⡠⠊        │",
            " │ ⢀⠜                       ⠊          │",
            "0┤⡔⠁                                   │",
            " └┬───────────────────────────────────┬┘",
            "  2026-01-05                 2026-01-12",
        ],
        id="a line with a gap",
    ),
    pytest.param(
        Chart("Größe", [ChartLine("views", daily([0, 4, 8, None, None, 2, 6, 6]))], ChartKind.LINE),
        canvas(40, 10, unicode=False),
        [
            "Gr\\xf6\\xdfe",
            " +-------------------------------------+",
            "8+          *                          |",
            " |        **                     ******|",
            " |     ***                      *      |",
            " |    *                       **       |",
            " |  **                      **         |",
            "0+**                                   |",
            " ++-----------------------------------++",
            "  2026-01-05                 2026-01-12",
        ],
        id="ascii",
    ),
    pytest.param(
        Chart("", [ChartLine("views", daily([3, -2, None, 0, 5]))], ChartKind.BAR),
        canvas(34, 9),
        [
            "  ┌──────────────────────────────┐",
            " 5┤                        █████ │",
            "  │▄▄▄▄▄                   █████ │",
            "  │█████                   █████ │",
            "  │█████                   █████ │",
            "  │▀▀▀▀▀ ▄▄▄▄▄       ▀▀▀▀▀ ▀▀▀▀▀ │",
            "-2┤      █████                   │",
            "  └──┬───────────────────────┬───┘",
            "   2026-01-05          2026-01-09",
        ],
        id="bars",
    ),
    pytest.param(
        Chart(
            "",
            [ChartLine("a", daily([1, 2, 3])), ChartLine("b", daily([3, None, 1]))],
            ChartKind.BAR,
        ),
        canvas(30, 8, unicode=False),
        [
            "## a  oo b",
            " +---------------------------+",
            "3+    oooo          ####     |",
            " |    oooo ####     ####     |",
            " |####oooo ####     ####oooo |",
            "0+####oooo ####     ####oooo |",
            " +----+-----------------+----+",
            "  2026-01-05       2026-01-07",
        ],
        id="bars beside",
    ),
    pytest.param(
        Chart(
            "both",
            [
                ChartLine("views", daily([1000, 3000, 2000])),
                ChartLine("rate", daily([0.5, 0.25, 0.75])),
            ],
            ChartKind.LINE,
        ),
        canvas(44, 9),
        [
            "both",
            "⠒⠒ views  oo rate (right)",
            "  ┌────────────────────────────────────┐",
            "3k┤              ⢀⣀⠤⠒⠑⠒⠒⠤⠤⢄⣀⣀         o├0.75",
            "  │o         ⣀⠤⠒⠊⠁           ⠉⠉⠑⠒⠒⠤⠤⢄⣀⣀│",
            "  │ oooo⣀⠤⠔⠊⠉              oooooo      │",
            "1k┤⣀⡠⠔⠒⠉     oooooooooooooo            ├0.25",
            "  └┬─────────────────┬────────────────┬┘",
            "   2026-01-05      01-06     2026-01-07",
        ],
        id="two axes",
    ),
    pytest.param(
        Chart("t", [ChartLine("views", daily([4, 6, 8]), daily([2, 2, 1]))], ChartKind.LINE),
        canvas(30, 9, unicode=False),
        [
            "t",
            "** views  .. previous",
            " +---------------------------+",
            "8+                          *|",
            " |             ************* |",
            " |*************              |",
            "1+...........................|",
            " ++-------------------------++",
            "  2026-01-05       2026-01-07",
        ],
        id="previous",
    ),
    pytest.param(
        Chart("t", [ChartLine("views", daily([1, 5, 2]), daily([4, 2, 3]))], ChartKind.LINE),
        canvas(20, 5),
        [
            "⠒⠒ views  ·· previo…",
            "5┤·    ⣀⡠⠔⠊⠒⠢⠤⣀⡀  ·│",
            "1┤⣀⡠⠔⠒⠉········⠈⠉⠒⠒│",
            " └┬───────────────┬┘",
            "  01-05       01-07",
        ],
        id="smallest",
    ),
    pytest.param(
        Chart(
            "",
            [ChartLine("a", daily([i % 5 for i in range(40)])), ChartLine("b", daily([3] * 40))],
            ChartKind.BAR,
        ),
        canvas(28, 8, unicode=False),
        [
            "## a  oo b",
            " +-------------------------+",
            "4+  #  #  #  #   #  #  #  #|",
            " |oooo#oo#oo#oo#oo#oooooooo|",
            " |#oo##o##oo#oo#oo#oo#oo#oo|",
            "0+#oo##o##o##o##oo#oo#oo#oo|",
            " ++-----------------------++",
            "  2026-01-05     2026-02-13",
        ],
        id="crowded bars",
    ),
    pytest.param(
        Chart("", [ChartLine("a", daily([5]))], ChartKind.LINE),
        canvas(24, 7),
        [
            "   ┌───────────────────┐",
            "7.5┤                   │",
            "   │         ⣤         │",
            "   │                   │",
            "2.5┤                   │",
            "   └─────────┬─────────┘",
            "        2026-01-05",
        ],
        id="one",
    ),
    pytest.param(
        Chart("", [ChartLine("a", daily([0, 0, 0]))], ChartKind.LINE),
        canvas(24, 7),
        [
            " ┌─────────────────────┐",
            "1┤                     │",
            " │                     │",
            " │                     │",
            "0┤⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀│",
            " └┬───────────────────┬┘",
            " 2026-01-05  2026-01-07",
        ],
        id="zeros",
    ),
    pytest.param(
        Chart("t", [ChartLine("a", daily([None, float("nan"), float("inf")]))], ChartKind.LINE),
        canvas(24, 6),
        [
            "t",
            "│                      │",
            "│       no data        │",
            "│                      │",
            "└┬────────────────────┬┘",
            " 2026-01-05  2026-01-07",
        ],
        id="gaps only",
    ),
    pytest.param(
        Chart("t", [], ChartKind.LINE),
        canvas(24, 6, unicode=False),
        [
            "t",
            "|                      |",
            "|       no data        |",
            "|                      |",
            "+----------------------+",
            "",
        ],
        id="nothing",
    ),
]


@pytest.mark.parametrize(("chart", "on", "picture"), PICTURES)
def test_small_charts_look_exactly_so(chart: Chart, on: ChartCanvas, picture: list[str]) -> None:
    assert draw_chart(chart, on).split("\n") == picture
