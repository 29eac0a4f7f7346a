"""What `glomex doctor` found, as tests look at it."""

import json
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from support.cli import Glomex
from support.servers.fault_answers import http, whole
from support.servers.fault_server import FaultServer

NAMES = (
    "versions", "settings", "proxy", "TLS", "service", "clock", "store", "sign-in", "schema",
    "cache", "export",
)  # fmt: skip
NOT_USED = {"proxy", "TLS"}  # on loopback
GOOD = whole(http(200, "Date: Sun, 01 Jun 2025 12:00:00 GMT", body={"data": {}}))


@dataclass(frozen=True, slots=True)
class Found:
    """One finding."""

    state: str
    text: str
    hint: str | None


@dataclass(frozen=True, slots=True)
class Examined:
    """A whole examination."""

    code: int
    by_name: dict[str, Found]

    def __getitem__(self, name: str) -> Found:
        return self.by_name[name]

    def states(self, state: str) -> set[str]:
        """Return the names of the checks that ended so."""
        return {name for name, found in self.by_name.items() if found.state == state}


def examined(cli: Glomex, *argv: str) -> Examined:
    """Run `glomex doctor ARGV`, which looks at everything whatever is wrong."""
    done = cli("doctor", *argv, "-f", "json")
    assert done.err == ""
    return parsed(done.code, done.out)


def parsed(code: int, out: str) -> Examined:
    """Read what it printed as JSON."""
    rows = json.loads(out)
    found = {row["check"]: Found(row["state"], row["text"], row["hint"]) for row in rows}
    assert tuple(found) == NAMES
    return Examined(code, found)


def files(folder: Path) -> dict[str, bytes]:
    """Return what all files below a folder hold, locks apart."""
    return {
        str(each): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file() and not each.name.endswith(".lock")
    }


@contextmanager
def trusted_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[FaultServer]:
    """Serve behind TLS, with an authority in `folder` that the environment trusts, and it alone."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)  # pyright: ignore[reportUnknownMemberType]
    with FaultServer(GOOD, tls=context) as server:
        yield server
