"""One request, streamed: no redirects, a total deadline, bounded memory, inflated piecewise.

The request runs in a daemon thread and hands its chunks over a short queue, so that a drip, a
slow name look-up or Ctrl-C never holds the person longer than the deadline.
"""

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

import httpx

from glomex_cli.concurrency import Channel, Deadline
from glomex_cli.config.endpoint import Endpoint
from glomex_cli.errors import ConfigurationError, GlomexError, NetworkError, ServiceError
from glomex_cli.http.errors import timeout_error, to_glomex_error

_PIECE = 256 * 1024
_GZIP = 16 + zlib.MAX_WBITS  # zlib.decompressobj: 16 + the window size reads the gzip format
_ZLIB = 0x78  # the first byte of a zlib stream; some servers call one without it deflate, too
# The header under which a head holds its Location.
REDIRECT_TARGET = "redirect-target"
_GZIP_NAMES = {"gzip", "x-gzip"}  # RFC 9110, section 8.4.1.3
_QUEUED = 8  # chunks that wait to be read


class BrokenStreamError(Exception):
    """The compressed stream is damaged, or ends before it is whole."""


def inflate(chunks: Iterable[bytes], *, encoding: str = "gzip") -> Iterator[bytes]:
    """Yield the content of a gzip or deflate stream (RFC 9110, 8.4.1) in pieces of 256 KiB at most.

    gzip is a series of members (RFC 1952, section 2.2); what follows one and begins no other is
    refused at once.
    """
    stream = None if encoding == "deflate" else zlib.decompressobj(_GZIP)
    try:
        for chunk in filter(None, chunks):
            if stream is None:
                is_bare = chunk[0] & 0x0F != _ZLIB & 0x0F
                stream = zlib.decompressobj(-zlib.MAX_WBITS if is_bare else zlib.MAX_WBITS)
            rest = chunk
            while rest:
                if stream.eof and encoding == "deflate":
                    raise BrokenStreamError  # at once: zlib would keep all that follows
                if stream.eof:
                    stream = zlib.decompressobj(_GZIP)
                yield stream.decompress(rest, _PIECE)
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    except zlib.error as error:
        raise BrokenStreamError from error
    if stream is None or not stream.eof:
        raise BrokenStreamError


class Message(NamedTuple):
    """Headers and body to send. They may hold a password, so they are never shown."""

    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    target: str = ""  # the path and query below the endpoint's own address

    def __repr__(self) -> str:
        return "Message(***)"


class Head(NamedTuple):
    """The first part of an answer. Header names are lower case."""

    status: int
    headers: Mapping[str, str]


class _End:
    """Marks the end of a body in the queue."""


_Item: TypeAlias = Head | bytes | Exception | _End


class HttpRequest:
    """One request under way in its own thread."""

    def __init__(  # noqa: PLR0913 - two are what to call
        self,
        endpoint: Endpoint,
        open_client: Callable[[], httpx.Client],
        message: Message,
        deadline: Deadline,
        *,
        proxy: Callable[[], str] = str,
        wait: Callable[[float | None], None] = lambda _: None,
    ) -> None:
        """Start sending `message`; the client is opened in the thread that waits for it.

        `proxy` returns what a failure to connect is blamed on; empty where there is none.
        `wait` is that of a Listener.
        """
        self._wait = wait
        self._proxy = proxy
        self._endpoint = endpoint
        self._open_client = open_client
        self._message = message
        self._deadline = deadline
        self._items: Channel[_Item] = Channel(deadline, size=_QUEUED)
        threading.Thread(target=self._run, daemon=True).start()

    def head(self) -> Head:
        """Wait for the first part of the answer."""
        try:
            item = self._next()
        finally:
            self._wait(None)
        if isinstance(item, Head):
            return item
        raise NetworkError(
            f"{self._endpoint.host} closed the connection without a response", "try again"
        )

    def chunks(self, head: Head) -> Iterator[bytes]:
        """Yield the body as it arrives, decompressed; ServiceError for an unknown compression."""
        encoding = head.headers.get("content-encoding", "identity").strip().lower()
        if encoding == "identity":
            return self._raw()
        if encoding in {*_GZIP_NAMES, "deflate"}:
            return self._inflated(encoding)
        raise ServiceError(
            f"{self._endpoint.host} used an unsupported compression",
            "a proxy may add it; gzip is read, others are not: glomex doctor",
        )

    def _inflated(self, encoding: str) -> Iterator[bytes]:
        try:
            for piece in inflate(self._raw(), encoding=encoding):
                if not self._deadline.left_s():  # one chunk may inflate to a thousand pieces
                    self._items.close()
                    raise timeout_error(self._endpoint.host)
                yield piece
        except BrokenStreamError:
            raise NetworkError(
                f"the compressed response of {self._endpoint.host} is damaged or incomplete",
                "try again",
            ) from None

    def _raw(self) -> Iterator[bytes]:
        try:
            while isinstance(item := self._next(), bytes):
                self._tell_wait()  # chunks that come without a pause are waited for as well
                yield item
        finally:
            self._items.close()
            self._wait(None)

    def _next(self) -> _Item:
        """Wait for the next item; once time is up none counts, even if it is there."""
        try:
            item = self._items.get(meanwhile=self._tell_wait)
        except TimeoutError:
            raise timeout_error(self._endpoint.host) from None
        if isinstance(item, Exception):
            raise item
        return item

    def _tell_wait(self) -> None:
        self._wait(self._deadline.spent_s())

    def _run(self) -> None:
        try:
            self._exchange()
            self._items.put(_End())
        except Exception as error:  # noqa: BLE001 - raised again where the person waits
            self._items.put(self._in_our_words(error))

    def _exchange(self) -> None:
        left = self._deadline.left_s()
        if not left:
            return  # nobody waits: a password or code must not be sent for nothing
        with self._open_client().stream(
            self._message.method,
            self._url(),
            content=self._message.body,
            headers=self._message.headers,
            timeout=httpx.Timeout(left),
        ) as response:
            self._items.put(
                Head(response.status_code, {k.lower(): v for k, v in response.headers.items()})
            )
            for chunk in response.iter_raw():
                if not self._items.put(chunk):
                    return

    def _url(self) -> str:
        target = self._message.target
        return f"{self._endpoint.url.rstrip('/')}{target}" if target else self._endpoint.url

    def _in_our_words(self, error: Exception) -> Exception:
        if isinstance(error, GlomexError):
            return error
        host = self._endpoint.host
        if explained := to_glomex_error(error, host, self._proxy()):
            return explained
        if isinstance(error, (ImportError, OSError, ValueError)):
            return ConfigurationError(
                f"no connection to {host} can be set up with this proxy or certificate store",
                "check HTTPS_PROXY, ALL_PROXY, SSL_CERT_FILE and SSL_CERT_DIR",
            )
        return error
