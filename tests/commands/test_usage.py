"""Command lines with mistakes, or in another order: our own words, and what to type instead."""

from collections.abc import Iterator

import pytest

from glomex_cli.cli.app import COMMANDS, root_command
from glomex_cli.cli.completion.command_model import Option, command_facts
from glomex_cli.suggestions import COMMAND_WORDS, OPTION_WORDS, closest
from support.cli import Glomex
from support.servers.service import Service

ROOT = command_facts(root_command())
LEAVES = [each for each in ROOT.walk() if not each.commands]
OPTIONS = {name for each in LEAVES for option in each.options for name in option.names}
# What only the parser says.
RAW = (
    "not a valid int",
    "not a valid float",
    "not a valid boolean",
    "is not one of",
    "is not in the range",
    "Got unexpected",
    "unexpected extra",
    "issing argument",
    "issing command",
    "issing parameter",
    "such option",
    "such command",
    "requires an argument",
    "does not take a value",
    "nvalid value for",
)


def mistakes() -> Iterator[list[str]]:
    """Yield a line for each mistake that can be made with each option of each command."""
    for leaf in LEAVES:
        start = list(leaf.words[1:])
        yield [*start, "--zzzzzz"]
        yield [*start, "--zzzzzz=secret"]
        yield [*start, "-Z"]
        if not leaf.arguments:
            yield [*start, "unexpected"]
        elif not leaf.arguments[0].value.metavar.startswith("["):
            yield start
        for option in leaf.options:
            yield from ([*start, *wrong] for wrong in wrong_uses(option))


def wrong_uses(option: Option) -> Iterator[list[str]]:
    """Yield wrong uses of one option."""
    name = option.long_name
    if option.value is None:
        yield [f"{name}=value"]
        return
    yield [name]
    if option.value.metavar in {"N", "ROWS", "COLUMNS", "PORT", "NUMBER", "SECONDS"}:
        yield [name, "many"]
        yield [name, "1e"]
    if name in {"--limit", "--top", "--port", "--width", "--height"}:
        yield [name, "-7"]
    if option.value.words and option.value.metavar not in {"DAY", "RANGE", "SPAN", "URL", "spark"}:
        yield [name, "zzzzzz"]


@pytest.mark.parametrize("argv", list(mistakes()), ids=" ".join)
def test_every_mistake_is_told_in_our_words_with_a_hint(cli: Glomex, argv: list[str]) -> None:
    done = cli(*argv)
    lines = done.err.splitlines()
    assert (done.code, done.out, len(lines)) == (2, "", 2)
    assert lines[0].startswith("error: ")
    assert lines[1].startswith("hint: ")
    assert [raw for raw in RAW if raw in done.err] == []
    assert "secret" not in done.err


def test_the_mistakes_are_many() -> None:
    assert len(list(mistakes())) > 300


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (["report", "--limit", "x"], "--limit 'x' is not a whole number", "from 1 to 1000000000"),
        (["report", "--limit", "0"], "--limit '0' is out of range", "from 1 to 1000000000"),
        (["plot", "--width", "3"], "--width '3' is out of range", "from 20 to 1000"),
        (["plot", "--min", "x"], "--min 'x' is not a number", "type a number, such as 1.5"),
        (["report", "-f", "jsn"], "--format 'jsn' is not a valid choice", "mean --format json?"),
        (["report", "-f", "xml"], "--format 'xml' is not a valid choice", "choose from auto, "),
        (["report", "--from"], "--from needs a value", "type --from DAY"),
        (["report", "--total=3"], "--total takes no value", "type --total alone"),
        (["report", "views"], "there is no saved report 'views'", "glomex report --list"),
        (["token", "x"], "unexpected argument 'x'", "glomex token --help"),
        (["completion"], "SHELL is missing", "for example: glomex completion bash --install"),
        (["completion", "zhs"], "SHELL 'zhs' is not a valid choice", "did you mean zsh?"),
        (["sandbox"], "glomex sandbox needs a command", "glomex sandbox --help"),
        (["sandbox", "serv"], "unknown command 'serv'", "did you mean glomex sandbox serve?"),
        (["-p", "studio"], "a command is missing", "glomex --help"),
        (["-p", "studio", "reprot"], "unknown command 'reprot'", "did you mean glomex report?"),
        (["--versoin"], "unknown option '--versoin'", "did you mean --version?"),
        (["help", "reprot"], "there is no help on 'reprot'", "did you mean glomex help report?"),
        (["report", f"--{'x' * 99}"], f"unknown option '--{'x' * 38}…'", "glomex report --help"),
        (["report", "--\x1b[31m"], "unknown option '--\\x1b[31m'", "glomex report --help"),
    ],
)
def test_a_mistake_is_named_and_the_right_word_shown(
    cli: Glomex, argv: list[str], message: str, hint: str
) -> None:
    done = cli(*argv)
    first, second = done.err.splitlines()
    assert (done.code, first) == (2, f"error: {message}")
    assert hint in second


def test_a_wrong_variable_is_named_by_its_name(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLOMEX_SERVICE", "mx")
    assert cli("status").err.startswith("error: GLOMEX_SERVICE 'mx' is not a valid choice\n")
    monkeypatch.setenv("GLOMEX_SANDBOX_INTROSPECTION", "maybe")
    monkeypatch.delenv("GLOMEX_SERVICE")
    assert "INTROSPECTION 'maybe' is neither yes nor no\n" in cli("sandbox", "serve").err


@pytest.mark.parametrize(
    ("argv", "hint"),
    [
        ("report --json", "did you mean -f json?"),
        ("report --csv", "did you mean -f csv?"),
        ("sparkline --json", "glomex report -f json"),
        ("report --since 3d", "did you mean --from DAY?"),
        ("report --until today", "did you mean --to DAY?"),
        ("report -n 5", "did you mean --limit N?"),
        ("sparkline 1 -n 5", "did you mean --top N?"),
        ("report --top 5", "did you mean --limit N?"),
        ("report --group-by video", "did you mean -d DIM?"),
        ("sparkline --group-by video", "did you mean --by DIM?"),
        ("login --email x", "did you mean --login EMAIL?"),
        ("login --user x", "did you mean --login EMAIL?"),
        ("login --password x", "did you mean --password-stdin?"),
        ("report --token x", "set the variable GLOMEX_TOKEN"),
        ("report --store file", "set GLOMEX_STORE, or use glomex login --store"),
        ("whoami", "did you mean glomex status?"),
        ("chart", "did you mean glomex plot?"),
        ("auth login", "did you mean glomex login?"),
        ("auth status", "did you mean glomex status?"),
        ("auth", "did you mean glomex login?"),
        ("config", "did you mean glomex help environment?"),
        ("reports", "did you mean glomex report?"),
    ],
)
def test_words_of_other_tools_lead_to_ours(cli: Glomex, argv: str, hint: str) -> None:
    done = cli(*argv.split())
    assert (done.code, done.err.splitlines()[1]) == (2, f"hint: {hint}")


def test_every_hint_names_what_there_is() -> None:
    for typed, meanings in OPTION_WORDS.items():
        named = [text.split()[0] for text in meanings if text.startswith("-")]
        assert set(named) <= OPTIONS, typed
    for meant in COMMAND_WORDS.values():
        if meant.startswith("glomex "):
            assert meant.split()[1] in COMMANDS
    assert set(COMMAND_WORDS) & set(COMMANDS) == set()


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("--email", "--default"),
        ("--user", "--store"),
        ("--json", "--sort"),
        ("--since", "--strict"),
        ("--top", "--to"),
        ("--token", "--to"),
        ("monday", "today"),
        ("--zero", "--period"),
        ("-n", "-m"),
    ],
)
def test_what_is_only_a_little_alike_is_no_near_miss(typed: str, known: str) -> None:
    assert closest(typed, [known]) is None


LEAD = [
    (["--endpoint", "sandbox", "status"], ["status", "--endpoint", "sandbox"]),
    (["--endpoint=sandbox", "-q", "status"], ["status", "--endpoint=sandbox", "-q"]),
    (["-p", "report", "status"], ["status", "-p", "report"]),
    (["-preport", "status"], ["status", "-preport"]),
    (["--timeout", "5", "--color=auto", "status"], ["status", "--timeout", "5"]),
    (["-f", "csv", "status"], ["status", "-f", "csv"]),
    (["-q", "sparkline", "-1", "2"], ["sparkline", "-q", "-1", "2"]),
    (["--json", "status"], ["status", "--json"]),
    (["--port", "x", "sandbox", "serve"], ["sandbox", "serve", "--port", "x"]),
    (["-q", "help", "status"], ["help", "status"]),
    (["-q", "--help"], ["--help"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), LEAD)
def test_options_may_come_before_the_command(
    cli: Glomex,
    signed_in: Service,
    capsys: pytest.CaptureFixture[str],
    before: list[str],
    after: list[str],
) -> None:
    one, shown = cli(*before), capsys.readouterr().out
    other = cli(*after)
    assert (one, shown) == (other, capsys.readouterr().out)


@pytest.mark.parametrize("option", ["--store", "--login", "--tenant"])
def test_options_of_one_command_may_come_before_it_too(cli: Glomex, option: str) -> None:
    done = cli(option, "", "login", "--no-input", "--endpoint", "sandbox")
    assert "unknown" not in done.err


def test_no_color_is_the_same_as_never(cli: Glomex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    argv = ("sparkline", "1", "2", "3", "--emphasize", "red:gt:2")
    assert "\x1b[" in cli(*argv, terminal=True).out
    assert "\x1b[" not in cli(*argv, "--no-color", terminal=True).out
    assert "\x1b[31merror:" in cli("report", "--zzz", terminal=True).err
    for off in (["--no-color"], ["--color", "never"], ["--color=never"]):
        assert cli("report", "--zzz", *off, terminal=True).err.startswith("error:")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_is_the_same_by_both_ways(
    cli: Glomex, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli("help", name).code == 0
    shown = capsys.readouterr().out
    assert cli(name, "--help").code == 0
    assert shown == capsys.readouterr().out
    assert shown.startswith(f"Usage: glomex {name}")


def test_help_alone_and_version_are_what_people_expect(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    for one, other in ((["help"], ["--help"]), (["version"], ["--version"]), (["-V"], ["version"])):
        assert cli(*one).code == 0
        shown = capsys.readouterr().out
        assert cli(*other).code == 0
        assert shown == capsys.readouterr().out != ""


def test_help_knows_commands_below_commands(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli("help", "sandbox", "serve").code == 0
    assert capsys.readouterr().out.startswith("Usage: glomex sandbox serve ")


def test_the_exit_codes_are_a_topic_and_in_no_other_help(
    cli: Glomex, capsys: pytest.CaptureFixture[str]
) -> None:
    told = cli("help", "exit-codes").out
    assert "    4  authentication required or failed\n" in told
    assert told == cli("help", "exit", "codes").out
    cli("--help")
    assert "130" not in capsys.readouterr().out


def test_the_environment_is_a_topic_with_every_variable_of_an_option(cli: Glomex) -> None:
    told = cli("help", "environment").out
    variables = {option.variable for leaf in LEAVES for option in leaf.options if option.variable}
    assert [name for name in (*variables, "GLOMEX_TOKEN") if f"  {name}\n" not in told] == []
    assert "parquet" in cli("help", "formats").out


@pytest.mark.parametrize("topic", ["exit-codes", "environment", "formats"])
def test_a_topic_fits_a_narrow_terminal(
    cli: Glomex, monkeypatch: pytest.MonkeyPatch, topic: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = cli("help", topic).out.splitlines()
    assert [line for line in lines if len(line) > 40 and " " in line.strip()] == []
