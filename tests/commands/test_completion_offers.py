"""What shells offer, asked directly: one table, whatever the files of cache and settings hold."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from support.programs import needs
from support.terminals.completion import (
    HOSTILE,
    METRICS,
    PROFILES,
    Place,
    bash_offers,
    fish_offers,
    learn,
    list_values,
    person,
    well_known,
    zsh_offers,
)

FORMATS = (
    "auto", "table", "json", "ndjson", "csv", "tsv", "markdown", "parquet", "jsonl", "md"
)  # fmt: skip
SAVED = ("weekly", "top.10")
DIMENSIONS = ("video", "channel", "day", "week", "month", "integration")
Offers = Callable[[Place, str], list[str]]
SHELLS = [
    pytest.param(bash_offers, id="bash", marks=needs("bash")),
    pytest.param(fish_offers, id="fish", marks=needs("fish")),
]
# zsh's own tables are tried at a terminal; here, what it takes from files.
READERS = [*SHELLS, pytest.param(zsh_offers, id="zsh", marks=needs("zsh"))]

LINES = {
    "glomex rep": ("report",),
    "glomex sandbox ": ("serve",),
    "glomex completion ": ("bash", "zsh", "fish", "powershell", "man"),
    "glomex report --for": ("--format",),
    "glomex -q report --for": ("--format",),
    "glomex -p studio report --for": ("--format",),
    "glomex --timeout 5 rep": ("report",),
    "glomex --endpoint ": ("mux", "sandbox", "mux-sandbox"),
    "glomex help rep": ("report",),
    "glomex help e": ("export", "exit-codes", "environment"),
    "glomex sandbox serve --no": ("--no-introspection",),
    "glomex sparkline --no-l": ("--no-labels",),
    "glomex report --format ": FORMATS,
    "glomex report -f j": ("json", "jsonl"),
    "glomex report -f json -m a --period m": ("mtd",),
    "glomex report --from t": ("today",),
    "glomex report --limit ": (),
    "glomex report -m ": METRICS,
    "glomex report --metric com": ("completed_views", "completion_rate"),
    "glomex report -m revenue,ad": ("revenue,ad_impressions",),
    "glomex sparkline rev": ("revenue",),
    "glomex plot rev": ("revenue",),
    "glomex plot -d day rev": ("revenue",),
    "glomex report -d ": DIMENSIONS,
    "glomex report -d video,d": ("video,day",),
    "glomex sparkline --by ": ("video", "channel", "integration"),
    "glomex sparkline -d w": ("week",),
    "glomex report --filter ": ("video=", "integration="),
    "glomex report --sort rev": ("revenue",),
    "glomex report -p ": PROFILES,
    "glomex login --profile st": ("studio",),
    "glomex status --use a": ("a.b",),
    "glomex report we": ("weekly",),
    "glomex report -f csv ": SAVED,
    "glomex report --delete ": SAVED,
    "glomex report --save ": (),
    "glomex nonsense --f": (),
}  # fmt: skip
# In bash, what readline puts in place of the piece behind the last = is shorter.
AFTER_EQUALS = {
    "glomex report --from=y": ("yesterday",),
    "glomex report --format=js": ("json", "jsonl"),
    "glomex report --metric=rev": ("revenue",),
    "glomex report --dimension=video,d": ("video,day",),
    "glomex report --sort=-rev": ("-revenue",),
    "glomex report --filter=vid": ("video=",),
    "glomex report --profile=": PROFILES,
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a person who has used the program before."""
    return well_known(person(tmp_path / "me"))


@pytest.mark.parametrize("offers", SHELLS)
@pytest.mark.parametrize("line", LINES)
def test_a_shell_offers_what_goes_on_from_the_line(offers: Offers, line: str, place: Place) -> None:
    assert sorted(names(offers(place, line))) == sorted(LINES[line])
    assert not place.started()


@needs("bash")
@pytest.mark.parametrize("line", AFTER_EQUALS)
def test_bash_completes_after_equals(line: str, place: Place) -> None:
    assert sorted(bash_offers(place, line)) == sorted(AFTER_EQUALS[line])


@needs("fish")
@pytest.mark.parametrize("line", AFTER_EQUALS)
def test_fish_completes_after_equals(line: str, place: Place) -> None:
    option = line.rsplit(maxsplit=1)[-1].partition("=")[0]
    expected = [f"{option}={value}" for value in AFTER_EQUALS[line]]
    assert sorted(names(fish_offers(place, line))) == sorted(expected)


@needs("fish")
@pytest.mark.parametrize(
    ("line", "offer"),
    [
        ("glomex sch", "List the dimensions, metrics and filters of your account."),
        ("glomex report --tre", "Add a sparkline of each row's days to tables."),
    ],
)
def test_fish_shows_what_each_offer_does(line: str, offer: str, place: Place) -> None:
    assert [each.partition("\t")[2] for each in fish_offers(place, line)] == [offer]


@pytest.mark.parametrize("offers", SHELLS)
@pytest.mark.parametrize(
    ("typed", "values"),
    {
        "country=": ("US", "UK", "DE"),
        "country=U": ("US", "UK"),
        "country!=D": ("DE",),
        "city=": (),
        "metrics=": (),
        "$(touch x)=": (),
    }.items(),
)
def test_values_that_were_listed_are_offered_for_a_filter(
    offers: Offers, typed: str, values: tuple[str, ...], place: Place
) -> None:
    list_values(place, "learnt-0123.json", "cdn", ("Fastly",))
    list_values(place, "learnt-0123.json", "country", ("US", "UK", "DE", *HOSTILE))
    offered = names(offers(place, f"glomex report --filter {typed}"))
    before, equals, _ = typed.rpartition("=")
    expected = {f"{before}{equals}{value}" for value in values}
    assert {each if equals in each else f"{before}{equals}{each}" for each in offered} == expected
    assert not place.started()


@needs("bash")
def test_bash_offers_no_option_twice_but_repeatable_ones(place: Place) -> None:
    offered = bash_offers(place, "glomex report -q -m revenue --no-input --format=csv -")
    assert {"-m", "--metric", "--strict"} <= set(offered)
    assert not {"-q", "--quiet", "--no-input", "-f", "--format"} & set(offered)


@needs("bash")
def test_bash_takes_words_after_two_dashes_as_arguments(place: Place) -> None:
    assert bash_offers(place, "glomex plot -- --") == []
    assert bash_offers(place, "glomex plot -- rev") == ["revenue"]


@pytest.mark.parametrize("offers", READERS)
def test_without_any_file_the_documented_names_are_offered(offers: Offers, tmp_path: Path) -> None:
    place = person(tmp_path / "me")
    assert sorted(names(offers(place, "glomex report -m "))) == ["ad_impressions", "video_views"]
    assert names(offers(place, "glomex report -p ")) == []


@pytest.mark.fault("F20")
@pytest.mark.parametrize("offers", READERS)
def test_names_of_all_caches_are_offered_and_hostile_ones_are_not(
    offers: Offers, place: Place
) -> None:
    learn(place, "learnt-4567.json", (*HOSTILE, "fill_rate"))
    with place.config.open("a", encoding="utf-8") as config:
        config.writelines(f'[profiles."{name}"]\n' for name in HOSTILE)
        config.write("[reports]\n")
        config.writelines(f'"{name}" = "-d week"\n' for name in (*HOSTILE, "monthly"))
    found = names(offers(place, "glomex report -m "))
    assert sorted(found) == sorted([*METRICS, "fill_rate"])
    assert sorted(names(offers(place, "glomex report -p "))) == sorted(PROFILES)
    found = names(offers(place, "glomex report --delete "))
    assert sorted(found) == sorted([*SAVED, "monthly"])
    assert not place.started()


@pytest.mark.parametrize("offers", READERS)
@pytest.mark.parametrize("make", ["folder", "noise", "one endless line", "pipe", "empty"])
def test_what_is_no_cache_and_no_settings_is_passed_over(
    offers: Offers, make: str, place: Place
) -> None:
    place.config.unlink()
    for file in (place.cache / "learnt-9999.json", place.config):
        spoil(file, make)
    assert sorted(names(offers(place, "glomex report -m "))) == sorted(METRICS)
    assert names(offers(place, "glomex report -p ")) == []
    assert names(offers(place, "glomex report --delete ")) == []


def spoil(file: Path, how: str) -> None:
    match how:
        case "folder":
            file.mkdir()
        case "noise":
            file.write_bytes(bytes(range(256)) * 64)
        case "one endless line":
            file.write_bytes(b'    "a' * 4_000_000)
        case "pipe":
            os.mkfifo(file)
        case _:
            file.touch()


def names(offers: list[str]) -> list[str]:
    return [offer.partition("\t")[0] for offer in offers]
