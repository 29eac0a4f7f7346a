"""Words a person typed: shown safely, and the known word they may have meant. No effects."""

from collections.abc import Iterable

_LONGEST = 40
_LEAST_RATIO = 0.75  # under it, words are found that have little more than letters in common
_SHORT = 3  # letters: any other short word is one change away

_FORMAT_NAMES = "json csv tsv ndjson jsonl markdown md table parquet"
# What other tools call an option, and what to type here, best first. What begins with a dash is
# offered by the commands that have that option; any other text is a hint by itself.
OPTION_WORDS: dict[str, tuple[str, ...]] = {
    typed: meant
    for words, meant in (
        ("--since --start --start-date --begin --after --from-date", ("--from DAY",)),
        ("--until --end --end-date --before --to-date", ("--to DAY",)),
        ("--days --duration --range --timeframe", ("--last 7d",)),
        (
            "-n --top --max --max-results --page-size --head --count",
            ("--limit N", "--top N"),
        ),
        (
            "-g --by --group-by --groupby --group --breakdown --split-by --dimensions --dim",
            ("--by DIM", "-d DIM"),
        ),
        ("--interval --granularity --resolution --bucket --step", ("-d day",)),
        ("--metrics --measure --measures --fields --columns --select", ("-m METRIC",)),
        ("--order-by --sort-by --order --desc --descending --asc", ("--sort -FIELD",)),
        ("--where --query --only --filters", ("--filter NAME=VALUE",)),
        ("-u --email --e-mail --user --username --mail", ("--login EMAIL",)),
        ("--account --org --organization --workspace", ("--tenant ID", "-p NAME")),
        ("--otp --totp --code --mfa --2fa --one-time-code", ("--mfa-code CODE",)),
        (
            "--password --pass --pw --secret",
            ("--password-stdin", "sign in first: glomex login"),
        ),
        (
            "--token --api-key --apikey --access-token --bearer",
            ("--token-id ID", "set the variable GLOMEX_TOKEN"),
        ),
        ("--keyring --keychain", ("--store keyring", "set GLOMEX_STORE=keyring")),
        ("--store", ("--store", "set GLOMEX_STORE, or use glomex login --store")),
        ("--url --host --server --base-url --api-url --api", ("--endpoint URL",)),
        ("--sandbox --demo --test", ("--endpoint sandbox",)),
        ("--mux", ("--service mux",)),
        ("--config --config-file --config-dir", ("set GLOMEX_CONFIG_DIR",)),
        ("--colour --colors --no-colour --monochrome", ("--color never",)),
        ("-s --silent", ("-q",)),
        ("--debug --trace --log --log-level", ("-v", "set GLOMEX_DEBUG=1")),
        ("--non-interactive --batch --no-prompt --yes -y", ("--no-input",)),
        ("--format --output-format --type", ("-f FORMAT", "glomex report -f FORMAT")),
        ("--out --outfile --output-file --file --save --write", ("-o FILE",)),
        ("--svg --png --image --export", ("-o chart.svg",)),
        ("--jq --template --query-filter", ("pipe JSON to jq: glomex report -f json | jq .",)),
        ("--graphql --show-query --dry-run", ("--print-query",)),
        ("--publisher --owner --content-owner --kind", ("--as publisher",)),
        ("--sum --totals --summary", ("--total",)),
        ("--previous --versus --vs --diff --compare-to", ("--compare previous",)),
        ("--spark --sparkline --sparklines", ("--trend", "glomex sparkline")),
        ("--bar --bars --line --area --style", ("--kind bar",)),
        ("--live --refresh-every --every --repeat", ("--watch SECONDS",)),
        ("--no-cache --update --reload", ("--refresh", "glomex schema --refresh")),
        ("--no-titles --no-names --raw", ("--ids",)),
        ("--timezone --tz --utc", ("a day is a day of the service: glomex help formats",)),
        ("--version -V", ("glomex --version",)),
        *(
            (f"--{name}", (f"-f {name}", f"glomex report -f {name}"))
            for name in _FORMAT_NAMES.split()
        ),
    )
    for typed in words.split()
}

# What other tools call a command, of one word or two, and what to type here.
COMMAND_WORDS: dict[str, str] = {
    typed: meant
    for words, meant in (
        ("auth/account/session/sign-in/signin/connect/init/setup/configure", "glomex login"),
        ("auth login/account login", "glomex login"),
        ("sign-out/signout/disconnect/auth logout/account logout", "glomex logout"),
        ("whoami/who/me/user/info/auth status/auth list/profiles/profile", "glomex status"),
        ("profile list/profiles list/config list/accounts", "glomex status"),
        ("use/switch/auth switch/profile use/profiles use", "glomex status --use NAME"),
        ("auth token/print-token/access-token/credentials", "glomex token"),
        ("config/settings/env/config get/config set/config show", "glomex help environment"),
        ("get/list/ls/show/stats/analytics/run/fetch/data/top", "glomex report"),
        ("videos/video/top videos", "glomex report -d video"),
        ("channels/channel", "glomex report -d channel"),
        ("chart/graph/draw/plots", "glomex plot"),
        ("spark/sparklines/line", "glomex sparkline"),
        ("download/dump/backup/sync/parquet/archive", "glomex export"),
        ("graphql/gql/api/request/raw", "glomex query"),
        ("metrics/dimensions/filters/fields/introspect/describe", "glomex schema"),
        ("check/diagnose/debug/health/ping/support", "glomex doctor"),
        ("completions/autocomplete/shell-completion", "glomex completion bash --install"),
        ("man/manual", "glomex completion man --install"),
        ("serve/server/mock/fake/emulator", "glomex sandbox serve"),
        ("tour/tutorial/intro/example/examples/quickstart", "glomex demo"),
        ("exit-codes/environment/formats", "glomex help TOPIC"),
        ("update/upgrade/self-update", "pipx upgrade glomex-cli"),
    )
    for typed in words.split("/")
}


def quoted(text: str) -> str:
    r"""Quote what was typed: cut after 40 characters, control characters escaped.

    >>> print(quoted("a\x1b[2J"))
    'a\x1b[2J'
    """
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def closest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is a slip or a part of, in any case, else None.

    Dashes at the start do not count. A word of up to three letters is found only by its letters
    in another order, where one is missing, or as the start: any two short words are alike.

    >>> closest("Video_Veiws", ["day", "video_views"])
    'video_views'
    >>> closest("views", ["day", "video_views"])
    'video_views'
    >>> closest("--top", ["--to", "--from"]) is None
    True
    """
    typed = _bare(word[:_LONGEST])
    found = [(_likeness(typed, _bare(name)), name) for name in known] if typed else []
    best, name = max(found, key=lambda each: each[0], default=(0.0, ""))
    return name if best >= _LEAST_RATIO else None


def _bare(word: str) -> str:
    return word.lower().lstrip("-")


def _likeness(typed: str, name: str) -> float:
    """Return how alike two words are, from 0 to 1."""
    if typed == name:
        return 1.0
    if sorted(typed) == sorted(name):
        return 0.99
    if len(typed) >= _SHORT - 1 and name.startswith(typed):
        return 0.9
    if len(typed) > _SHORT and typed in name.replace("-", "_").split("_"):
        return 0.8
    if len(typed) == _SHORT:
        return 0.8 if len(name) == _SHORT + 1 and _is_within(typed, name) else 0.0
    return _ratio(typed, name) if len(typed) > _SHORT else 0.0


def _is_within(typed: str, name: str) -> bool:
    """Return whether a name is what was typed with one more letter, but for the first."""
    return any(name[:place] + name[place + 1 :] == typed for place in range(1, len(name)))


def _ratio(typed: str, name: str) -> float:
    # Only a wrong word pays for this import.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, typed, name).ratio()
