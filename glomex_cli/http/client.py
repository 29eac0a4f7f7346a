"""The client of one endpoint: its certificates, its proxies, and an observer of each exchange.

Certificates are trusted by the library's own rule: two variables, else certifi.
"""

import os
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

import httpx

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError
from glomex_cli.http.request import REDIRECT_TARGET, Head, HttpRequest, Message
from glomex_cli.interfaces import Exchange

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_FILE, _FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
# The names that OpenSSL looks for in a folder: `openssl rehash` makes them.
_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")
# No context, which saves the time to make one. Should there be TLS after all, the library makes
# its own, which verifies.
_NO_TLS = cast("ssl.SSLContext", None)
# As long as most services keep one open.
_MOST_IDLE_S = 60.0
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:=/+-]{1,64}")  # a UUID has 36 characters


class Trust(NamedTuple):
    """The source of the trusted certificates, and their number: 0 for a folder, where unknown."""

    source: str
    certificates: int

    def __str__(self) -> str:
        count = self.certificates
        number = f"{count} certificate{'' if count == 1 else 's'} of " if count else ""
        return f"{number}{self.source}"


def loaded_trust(environ: Mapping[str, str]) -> Trust:
    """Load what a connection would trust; ConfigurationError where that cannot be used."""
    variable = next((name for name in (_FILE, _FOLDER) if environ.get(name)), None)
    if variable == _FOLDER:
        _check_folders(environ[_FOLDER])
    try:
        count = httpx.create_ssl_context().cert_store_stats()["x509"]
    except (OSError, ValueError) as error:
        problem = _problem(error)
    else:
        return Trust(f"{variable} ({environ[variable]})" if variable else "certifi", count)
    if variable is None:
        raise ConfigurationError(f"the certificates of certifi: {problem}", "install certifi again")
    raise _unusable(variable, environ[variable], problem)


def _check_folders(folders: str) -> None:
    """Look for certificates in each folder, since OpenSSL does so only when it needs one."""
    problem = ""
    for folder in folders.split(os.pathsep):
        try:
            names = os.listdir(folder)  # noqa: PTH208 - the names are all that counts
        except OSError as error:
            problem = _problem(error)
            continue
        if any(map(_HASHED.fullmatch, names)):
            return
        problem = "no certificate has a name made by openssl rehash"
    raise _unusable(_FOLDER, folders, problem)


def _problem(error: Exception) -> str:
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) and error.errno:
        return os.strerror(error.errno).lower()
    return "there is no certificate in it"


def _unusable(variable: str, value: str, problem: str) -> ConfigurationError:
    return ConfigurationError(
        f"{variable} cannot be used ({value}): {problem}",
        f"set it to the certificates of your authority, or: unset {variable}",
    )


class Reply(NamedTuple):
    """An answer whose body is still arriving; `chunks` is read once."""

    head: Head
    chunks: Iterator[bytes]


class HttpClient:
    """Sends requests to one endpoint. Threads may share it."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        app: "WSGIApplication | None" = None,
        observe: Callable[[Exchange], None] | None = None,
        wait: Callable[[float | None], None] = lambda _: None,
    ) -> None:
        """Send to `endpoint`, or to `app` in this process.

        `observe` and `wait` are those of a Listener.
        """
        self.endpoint = endpoint
        self._app = app
        self._observe = observe
        self._wait = wait
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None
        self._proxy = ""  # the one in use, as it is shown

    def post(
        self, operation: str, body: bytes, headers: Mapping[str, str], deadline: Deadline
    ) -> Reply:
        """Send `body`; return the head of the answer at once, its decoded body as it arrives.

        Raises NetworkError, NotConnectedError, ConfigurationError or ServiceError, also while
        the chunks are read. `operation` is a name for the observer.
        """
        return self._send(operation, Message(body, headers), deadline)

    def get(
        self, operation: str, target: str, headers: Mapping[str, str], deadline: Deadline
    ) -> Reply:
        """Ask for `target`, a path with its query below the endpoint; otherwise as `post`."""
        return self._send(operation, Message(b"", headers, "GET", target), deadline)

    def _send(self, operation: str, message: Message, deadline: Deadline) -> Reply:
        began = time.monotonic()
        request = HttpRequest(
            self.endpoint,
            self.client,
            message,
            deadline,
            proxy=lambda: self._proxy,
            wait=self._wait,
        )
        head = request.head()
        if self._observe:
            spent = time.monotonic() - began
            exchange = _exchange(self.endpoint.host, message.method, operation, head, spent)
            self._observe(exchange._replace(proxy=self._proxy))
        return Reply(head, request.chunks(head))

    def client(self) -> httpx.Client:
        """Return the shared client, made on first use: in the thread that sends the request."""
        with self._lock:
            if self._client is None:
                self._client = self._open_client()
            return self._client

    def _open_client(self) -> httpx.Client:
        client = self._plain_client()
        client.event_hooks = {"response": [_set_target_aside]}
        return client

    def _plain_client(self) -> httpx.Client:
        if self._app is not None:
            return httpx.Client(transport=httpx.WSGITransport(app=self._app))
        if not self.endpoint.is_encrypted:
            return httpx.Client(trust_env=False, verify=_NO_TLS, limits=_limits())
        # One context for all: the library would load the certificates anew for each proxy.
        from glomex_cli.http.proxies import proxy_before

        # The proxy is decided here: the library would refuse all for one odd entry of NO_PROXY.
        proxy = proxy_before(self.endpoint, os.environ)
        self._proxy = str(proxy) if proxy else ""
        return httpx.Client(
            verify=httpx.create_ssl_context(),
            trust_env=False,
            proxy=proxy.url if proxy else None,
            limits=_limits(),
        )


def _limits() -> httpx.Limits:
    """Return the library's limits, but for idle connections: `--watch` asks again after a while.

    One that the service has closed meanwhile is noticed, and opened anew.
    """
    return httpx.Limits(
        max_connections=100, max_keepalive_connections=20, keepalive_expiry=_MOST_IDLE_S
    )


def _set_target_aside(response: httpx.Response) -> None:
    """Rename Location: httpx reads it even where it follows nothing, and fails if it is odd."""
    if "location" in response.headers:
        response.headers[REDIRECT_TARGET] = response.headers.pop("location")


def _exchange(host: str, method: str, operation: str, head: Head, seconds: float) -> Exchange:
    from glomex_cli.terminal.sanitize import mask_secrets

    request_id = head.headers.get("x-request-id", "")
    shown = request_id if _REQUEST_ID.fullmatch(request_id) else ""
    return Exchange(host, method, operation, head.status, seconds, mask_secrets(shown))
