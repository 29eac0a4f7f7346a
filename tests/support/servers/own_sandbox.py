"""A sandbox of the test's own: its clock, what it was asked, and a service that speaks to it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import SANDBOX, parse_endpoint
from glomex_cli.http.client import HttpClient
from glomex_cli.interfaces import Challenge, Credentials, Session
from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.sandbox.server import serve
from glomex_cli.sandbox.sessions import SANDBOX_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT
from glomex_cli.services.glomex.service import GlomexService
from glomex_cli.services.graphql.client import GraphQLClient
from support.credentials import credentials_of
from support.servers.recorded_app import RecordedApp
from support.servers.sandbox_client import Clock


@dataclass(frozen=True, slots=True)
class OwnSandbox:
    """The three ends of one sandbox. `our_clock` is the service's client, `clock` its own."""

    service: GlomexService
    app: RecordedApp
    clock: Clock
    our_clock: Clock

    def challenge(self) -> Challenge:
        """Take step one as somebody with an authenticator app."""
        found = self.service.open_session(credentials())
        assert isinstance(found, Challenge)
        return found

    def session(self, login: str) -> Session:
        """Sign in as somebody without one."""
        found = self.service.open_session(credentials(login))
        assert isinstance(found, Session)
        return found


def credentials(
    login: str = SANDBOX_LOGIN, *, password: str = SANDBOX_PASSWORD, tenant: str = SANDBOX_TENANT
) -> Credentials:
    """Return what somebody signs in with."""
    return credentials_of(login, tenant, password)


@contextmanager
def own_sandbox(
    options: SandboxOptions | None = None, *, over_http: bool = False, timeout_s: float = 30.0
) -> Generator[OwnSandbox]:
    """Open a sandbox until the block ends, in this process or over HTTP."""
    clock, our_clock = Clock(), Clock()
    app = RecordedApp(create_app(options or SandboxOptions(), clock))

    def ends(http: HttpClient) -> OwnSandbox:
        client = GraphQLClient(http, Deadline(timeout_s))
        return OwnSandbox(GlomexService(client, our_clock), app, clock, our_clock)

    if over_http:
        with serve(app) as server:
            yield ends(HttpClient(parse_endpoint(server.url)))
    else:
        yield ends(HttpClient(parse_endpoint(SANDBOX), app=app))
