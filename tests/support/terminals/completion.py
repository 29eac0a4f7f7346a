"""Shells that complete, and the files of cache and settings that they read."""

import json
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from glomex_cli.models import Column, Report, Role, Row
from glomex_cli.services.learned import keep_values, values_file
from support.files import ROOT

SCRIPTS = ROOT / "completions"
METRICS = ("video_views", "ad_impressions", "completed_views", "completion_rate", "revenue")
PROFILES = ("studio", "a.b")
HOSTILE = (
    "$(touch x)",
    "`touch x`",
    "a;touch x;",
    "a\ntouch x\n",
    "\x1b]0;x\x07",
    "a b",
    "-rf",
    "../x",
    "&touch x",
    "ü",
)
_TIMEOUT_S = 30


@dataclass(frozen=True)
class Place:
    """A person's folders, and the environment that leads to them."""

    home: Path

    @property
    def cache(self) -> Path:
        return self.home / ".cache" / "glomex"

    @property
    def config(self) -> Path:
        return self.home / ".config" / "glomex" / "config.toml"

    @property
    def environ(self) -> dict[str, str]:
        """An environment in which whoever starts a program leaves the file `started`."""
        return {"HOME": str(self.home), "PATH": str(self.home / "bin"), "TERM": "xterm"}

    def started(self) -> bool:
        """Whether `glomex`, Python, or what a hostile name asks for, was started."""
        return (self.home / "started").exists()


def person(home: Path) -> Place:
    """Make a home where nothing is known yet, and where every program is a trap."""
    place = Place(home)
    (home / "bin").mkdir(parents=True)
    for name in ("glomex", "python", "python3", "touch"):
        trap = home / "bin" / name
        trap.write_text(f"#!/bin/sh\n: >{shlex.quote(str(home / 'started'))}\n")
        trap.chmod(0o755)
    return place


def well_known(place: Place) -> Place:
    """Let the person have profiles, and a schema that was learnt, as the program writes them."""
    learn(place, "learnt-0123.json", METRICS)
    place.config.parent.mkdir(parents=True)
    place.config.write_text(
        'default = "studio"\n\n[profiles.studio]\nstore = "file"\n\n'
        '[profiles."a.b"] # quoted\r\nstore = "file"\n[other.none]\n'
        '[reports]\nweekly = "-d week --filter channel=c-1"\n'
        "  \"top.10\"='--limit 10'\n[more]\nx = 1\n",
        "utf-8",
    )
    return place


def learn(place: Place, name: str, metrics: tuple[str, ...]) -> None:
    """Write a cached schema with these metrics, in the form of `glomex_cli.services.cache`."""
    report = {
        "dimensions": ["video", "channel", "integration", "day", "week", "month"],
        "metrics": dict.fromkeys(metrics, "Int"),
        "labels": {"video_title": "String"},
        "filters": {"video": "String", "integration": "String"},
        "parts": {"device": ["kind"]},
        "kinds": {name: ["count", True, "up", "sum", ""] for name in metrics},
        "descriptions": dict.fromkeys(metrics, "How often a video was started."),
    }
    fields = {"version": 3, "schema": {"publisher": report}, "schema_at": 1.5, "includes_to": True}
    place.cache.mkdir(parents=True, exist_ok=True)
    (place.cache / name).write_text(json.dumps(fields, ensure_ascii=False, indent=1), "utf-8")


def list_values(place: Place, name: str, dimension: str, values: tuple[str, ...]) -> None:
    """Keep the values of a dimension as `glomex schema DIM` does."""
    rows: list[Row] = [{dimension: value} for value in values]
    report = Report((Column(dimension, Role.DIMENSION),), rows)
    keep_values(values_file(place.cache / name), dimension, report)


def bash_offers(place: Place, line: str) -> list[str]:
    """Return what bash's function answers when TAB is pressed at the end of `line`, each once."""
    words = _as_readline_cuts(line)
    typed = "" if words[-1] in {"=", ":"} else words[-1]
    program = (
        f"source {shlex.quote(str(SCRIPTS / 'glomex.bash'))}\n"
        f"COMP_LINE={shlex.quote(line)} COMP_POINT=${{#COMP_LINE}}\n"
        f"COMP_WORDS=({' '.join(map(shlex.quote, words))}) COMP_CWORD={len(words) - 1}\n"
        f"_glomex glomex {shlex.quote(typed)} ''\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    return list(dict.fromkeys(silent(place, "bash", "--norc", "-c", program).split()))


def _as_readline_cuts(line: str) -> list[str]:
    words = re.findall(r"[=:]+|[^\s=:]+", line)
    return words if line[-1:].strip() else [*words, ""]


def fish_offers(place: Place, line: str) -> list[str]:
    """Return what fish offers for `line`, with descriptions after a TAB."""
    program = f"source {shlex.quote(str(SCRIPTS / 'glomex.fish'))}; complete -C $argv[1]"
    return silent(place, "fish", "--no-config", "-c", program, line).splitlines()


def zsh_offers(place: Place, line: str) -> list[str]:
    """Return what zsh reads from files for a line that ends with `-m `, `-p ` or `--delete `."""
    is_metric = line.endswith("-m ")
    kind = "profiles" if line.endswith("-p ") else "reports"
    reader = "_glomex__learnt metrics" if is_metric else f"_glomex__settings {kind}"
    built_in = "video_views ad_impressions" if is_metric else ""
    program = (
        f"compdef() {{ }}; source {shlex.quote(str(SCRIPTS / '_glomex'))}\n"
        f"typeset -a names=({built_in}); {reader}; print -rl -- ${{(u)names}}"
    )
    return silent(place, "zsh", "-f", "-c", program).split()


def silent(place: Place, shell: str, *argv: str) -> str:
    """Run a shell and give what it prints; it must not complain."""
    done = subprocess.run(
        [program(shell), *argv],
        env=place.environ,
        cwd=place.home,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def program(name: str) -> str:
    """Return the path of a shell, which is not on the person's PATH."""
    path = shutil.which(name)
    assert path, f"{name} is not installed"
    return path
