"""TAB in bash works under the options that people set, and ends no shell."""

import subprocess
from pathlib import Path

import pytest

from support.files import ROOT
from support.terminals.completion import person, well_known

pytestmark = pytest.mark.process

COMPLETE = """\
source "$0"
COMP_LINE="glomex $*" COMP_WORDS=(glomex "$@") COMP_CWORD=$#
COMP_POINT=${#COMP_LINE}
_glomex glomex "${!#}" x
echo "${COMPREPLY[@]-}"
"""


@pytest.mark.bug("B11")
@pytest.mark.parametrize("options", ["-u", "-e", "-eu", "-euo pipefail", ""])
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["report", "-d", "v"], "video"),
        (["report", "-m", "video_v"], "video_views"),
        (["report", "--format=ma"], "--format=markdown"),
        (["report", "-p", "stu"], "studio"),
        (["report", "-m", "nothing"], ""),
        (["nothing", "x"], ""),
        (["rep"], "report"),
    ],
    ids=" ".join,
)
def test_bash_completes_under_strict_options(
    options: str, words: list[str], offered: str, tmp_path: Path
) -> None:
    place = well_known(person(tmp_path))
    script = ROOT / "completions" / "glomex.bash"
    done = subprocess.run(
        ["bash", "--norc", *options.split(), "-c", COMPLETE, script, *words],
        env=place.environ | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert offered in done.stdout.split() or not offered
