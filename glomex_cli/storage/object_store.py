"""An export in a bucket of S3, Google Cloud or Azure. The only module that uses obstore.

Keys come from the environment alone: AWS_…, GOOGLE_…, AZURE_…. The library's messages quote what
the server said, so they are replaced by messages of our own.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any, TypeVar

from glomex_cli.concurrency import Deadline, call_within
from glomex_cli.errors import ConfigurationError, GlomexError, NetworkError
from glomex_cli.storage.destination import MOST_BYTES, ChangedError, Stored, Tag

_T = TypeVar("_T")
# The library's own are 10 tries in 180 s.
_MOST_RETRIES = 4
_LONGEST_CONNECT_S = 5.0
_KEYS_HINT = "set the keys in the environment"
_KEYS = {
    "s3": 'eval "$(aws configure export-credentials --format env)"',
    "gs": "export GOOGLE_APPLICATION_CREDENTIALS=FILE",
    "az": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}


class CloudBucket:
    """Implements `Destination` with the objects below a URL."""

    def __init__(self, url: str, *, timeout_s: float, allow_http: bool) -> None:
        """Open the bucket; nothing is sent yet. `allow_http` lets keys travel in clear."""
        self.name = url
        self._allow_http = allow_http
        self._timeout_s = timeout_s
        self._keys_hint = f"{_KEYS_HINT}: {_KEYS[url.partition(':')[0]]}"
        self._obstore, self._errors = _imported()
        self._store = self._opened()

    def alone(self) -> AbstractContextManager[None]:
        """Return an empty block: a bucket has no locks, see `swap`."""
        return nullcontext()

    def check_writable(self) -> None:
        """Do nothing: only a write shows whether one may."""

    def read(self, path: str) -> Stored | None:
        """Return an object, or None where there is none, or no such bucket."""

        def get() -> Stored:
            found = self._obstore.get(self._store, path)
            if found.meta["size"] > MOST_BYTES:
                raise ConfigurationError(
                    f"{path} in {self.name} is larger than {MOST_BYTES >> 20} MiB",
                    "glomex has not written it: export to another place",
                )
            return Stored(bytes(found.bytes()), _tag(found.meta))

        return self._found(get)

    def tag_of(self, path: str) -> Tag | None:
        """Return an object's ETag and version, or None where there is none."""
        return self._found(lambda: _tag(self._obstore.head(self._store, path)))

    def replace(self, path: str, data: memoryview) -> Tag:
        """Put an object, which becomes visible when all of it has arrived."""
        return self._explained(lambda: _tag(self._obstore.put(self._store, path, data)))

    def swap(self, path: str, data: bytes, *, old: Tag | None) -> Tag:
        """Put an object with If-Match, or with If-None-Match where `old` is None."""
        mode = "create" if old is None else dict(old)
        return self._explained(lambda: _tag(self._obstore.put(self._store, path, data, mode=mode)))

    def _opened(self) -> Any:
        from obstore.store import from_url

        whole = timedelta(seconds=self._timeout_s)
        connect = min(whole, timedelta(seconds=_LONGEST_CONNECT_S))
        try:
            return from_url(
                self.name,
                client_options={
                    "timeout": whole,
                    "connect_timeout": connect,
                    "allow_http": self._allow_http,
                },
                retry_config={"max_retries": _MOST_RETRIES, "retry_timeout": whole},
            )
        except (ValueError, self._errors.BaseError):
            raise ConfigurationError(f"{self.name} cannot be opened", self._keys_hint) from None

    def _found(self, call: Callable[[], _T]) -> _T | None:
        try:
            return self._explained(call)
        except _MissingError:
            return None

    def _explained(self, call: Callable[[], _T]) -> _T:
        """Return what a call does within the time-out; its errors become ours by their class."""
        try:
            return call_within(Deadline(self._timeout_s), call)
        except TimeoutError:
            raise NetworkError(f"{self.name} timed out", "use a longer --timeout") from None
        except (FileNotFoundError, self._errors.BaseError) as error:
            raise self._failure(error) from None

    def _failure(self, error: Exception) -> Exception:
        errors = self._errors
        match error:
            case errors.PreconditionError() | errors.AlreadyExistsError():
                return ChangedError()
            case FileNotFoundError() | errors.NotFoundError():
                return _MissingError(f"{self.name}: there is no such bucket", "check its name")
            case errors.PermissionDeniedError() | errors.UnauthenticatedError():
                return ConfigurationError(f"{self.name} refuses these keys", self._keys_hint)
            case errors.GenericError():
                return NetworkError(
                    f"{self.name} cannot be reached, or failed", f"try again; {self._keys_hint}"
                )
            case _:
                return ConfigurationError(
                    f"{self.name} cannot be used", "check its address and the environment"
                )


class _MissingError(ConfigurationError):
    """There is no such object; where one was written, no such bucket."""


def _imported() -> tuple[Any, Any]:
    try:
        import obstore
        from obstore import exceptions
    except ImportError:
        raise missing_extra() from None
    return obstore, exceptions


def missing_extra() -> GlomexError:
    """Return the error for a bucket without the package that speaks to it."""
    return ConfigurationError(
        "buckets need packages that are not installed", "pip install 'glomex-cli[export]'"
    )


def _tag(said: Any) -> Tag:
    """Return ETag and version of an answer, without those that it lacks."""
    return {name: said[name] for name in ("e_tag", "version") if said.get(name)}
