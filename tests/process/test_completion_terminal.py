"""What TAB does in real shells at a terminal: what it inserts, shows, starts, and how fast."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.programs import escaped, needs
from support.terminals.completion import (
    HOSTILE,
    METRICS,
    SCRIPTS,
    Place,
    learn,
    list_values,
    person,
    silent,
    well_known,
)
from support.terminals.shells import Session, milliseconds, shell

SHELLS = [pytest.param(name, marks=needs(name)) for name in ("bash", "zsh", "fish")]
LIMIT_MS = 20  # of the best of the rounds: a loaded machine is slow at random
ROUNDS = 20
ENTER = "\r\r"  # the first may only take what a menu has chosen

INSERTED = {
    "glomex rep": "glomex report ",
    "glomex sandbox ser": "glomex sandbox serve ",
    "glomex report --tre": "glomex report --trend ",
    "glomex sparkline --no-l": "glomex sparkline --no-labels ",
    "glomex report -f cs": "glomex report -f csv ",
    "glomex report --format cs": "glomex report --format csv ",
    "glomex report --format=cs": "glomex report --format=csv ",
    "glomex report -m reve": "glomex report -m revenue ",
    "glomex report -m video_v": "glomex report -m video_views ",
    "glomex report --metric=reve": "glomex report --metric=revenue ",
    "glomex report -d video,da": "glomex report -d video,day ",
    "glomex report --sort=-reve": "glomex report --sort=-revenue ",
    "glomex report --filter vi": "glomex report --filter video=",
    "glomex report --filter country=D": "glomex report --filter country=DE ",
    "glomex report --filter=country!=D": "glomex report --filter=country!=DE ",
    "glomex sparkline reve": "glomex sparkline revenue ",
    "glomex report -p st": "glomex report -p studio ",
    "glomex report --profile=st": "glomex report --profile=studio ",
    "glomex report we": "glomex report weekly ",
    "glomex report --delete we": "glomex report --delete weekly ",
    "glomex report --output=row": "glomex report --output=rows.csv ",
    "glomex query row": "glomex query rows.csv ",
    "glomex report --from row": "glomex report --from row",
    "glomex report --nonsense=x": "glomex report --nonsense=x",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Return a person who has used the program, and has a file."""
    known = well_known(person(tmp_path_factory.mktemp("shells") / "me"))
    list_values(known, "learnt-0123.json", "country", ("US", "UK", "DE"))
    (known.home / "rows.csv").touch()
    return known


@pytest.fixture(scope="module", params=SHELLS)
def session(request: pytest.FixtureRequest, place: Place) -> Iterator[Session]:
    """Open a shell at a terminal, one for all tests that only type."""
    with shell(request.param, place) as opened:
        yield opened


@pytest.mark.parametrize("line", INSERTED)
def test_tab_completes_the_word(line: str, session: Session) -> None:
    assert session.inserted(line) == INSERTED[line]


def test_tab_completes_a_word_in_the_middle(session: Session) -> None:
    completed = session.inserted("glomex repo --quiet", back=len(" --quiet"))
    assert re.sub(" +", " ", completed) == "glomex report --quiet"


def test_tab_starts_no_program(session: Session, place: Place) -> None:
    for line in INSERTED:
        session.inserted(line)
    assert not place.started()


@pytest.mark.parametrize("name", SHELLS[1:])
def test_commands_and_options_are_shown_with_what_they_do(name: str, place: Place) -> None:
    with shell(name, place) as opened:
        opened.listed("glomex s", "Draw metrics or numbers as a sparkline")
    with shell(name, place) as opened:
        opened.listed("glomex report --f", "First day (YYYY-MM-DD")


@pytest.mark.fault("F20")
@pytest.mark.parametrize("name", SHELLS)
@pytest.mark.parametrize("typed", ["-m ", "-p ", "--metric=", "-m $(", "-m `", "-p a"])
def test_hostile_names_are_neither_offered_nor_run(name: str, typed: str, tmp_path: Path) -> None:
    place = person(tmp_path / "me")
    learn(place, "learnt-4567.json", HOSTILE)
    place.config.parent.mkdir(parents=True)
    place.config.write_text("".join(f"[profiles.'{each}']\n" for each in HOSTILE), "utf-8")
    with shell(name, place) as opened:
        line = opened.inserted(f"glomex report {typed}")
        assert line.strip() in {f"glomex report {typed}".strip(), "glomex report --metric="}
        opened.child.send(f"glomex report -m \t\t\t{ENTER}")
        opened.child.expect("RAN<")
        assert "touch" not in opened.child.before.replace(line, "")
    assert not place.started()


@needs("zsh")
def test_zsh_answers_in_time(place: Place) -> None:
    with shell("zsh", place) as opened:
        for _ in range(ROUNDS):
            opened.child.send("glomex report -m reve\x14\x15")
        took = milliseconds(opened.printed("print -r -- $took")[-2000:])
    assert len(took) >= ROUNDS - 1
    assert min(took) <= LIMIT_MS


@needs("bash")
def test_bash_answers_in_time(place: Place) -> None:
    program = f"""
        source {escaped(str(SCRIPTS))}/glomex.bash
        COMP_LINE='glomex report -d day -m ' COMP_POINT=24 COMP_CWORD=5
        COMP_WORDS=(glomex report -d day -m '')
        for round in {{1..{ROUNDS}}}; do
            begin=$EPOCHREALTIME; _glomex glomex '' -m; end=$EPOCHREALTIME
            printf '%s.0\\n' $((${{end/[.,]/}} - ${{begin/[.,]/}}))
        done
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    printed = silent(place, "bash", "--norc", "-c", program)
    assert set(METRICS) <= set(printed.split())
    assert min(milliseconds(printed)) / 1000 <= LIMIT_MS


@needs("fish", "date")
def test_fish_answers_in_time(place: Place) -> None:
    program = f"""
        source {escaped(str(SCRIPTS))}/glomex.fish
        set -x PATH /usr/bin /bin
        for round in (seq {ROUNDS})
            set begin (date +%s%N)
            complete -C 'glomex report -m ' >/dev/null
            set end (date +%s%N)
            math -s1 "($end - $begin) / 1000000 + 0.01"
        end
    """
    took = [float(line) for line in silent(place, "fish", "--no-config", "-c", program).split()]
    assert len(took) == ROUNDS
    assert min(took) <= LIMIT_MS
