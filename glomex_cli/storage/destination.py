"""Where an export is kept: a folder or a bucket. Its objects are bytes, each with a path.

In a folder, files are replaced whole and synced to disk, by one writer at a time.
"""

import errno
import os
import re
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from glomex_cli.errors import ConfigurationError, UsageError
from glomex_cli.storage.errors import explained_files, shell_quoted
from glomex_cli.storage.files import locked, read_plain, writing

# What a bucket says of a version of an object, such as its ETag; opaque here.
Tag: TypeAlias = Mapping[str, str]
SCHEMES = ("s3", "gs", "az")
# Of what is read whole; a manifest of ten thousand months takes a quarter.
MOST_BYTES = 16 * 1024 * 1024
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_EXAMPLE = "use a folder, or s3://bucket/glomex"
# Where obstore looks for keys of Google Cloud, and the names of the variables that come first.
_KEYS_OF_GCLOUD = Path(".config/gcloud/application_default_credentials.json")
_GOOGLE = ("GOOGLE_SERVICE_ACCOUNT", "GOOGLE_APPLICATION_CREDENTIALS")
# Spark, DuckDB, Polars and Arrow skip names that begin with a dot or an underscore.
_LOCKED = "_export"
# Another export takes minutes, so waiting for its end would look like hanging.
_WAIT_S = 1.0


class Stored(NamedTuple):
    """An object as it was read, and the tag of that version."""

    data: bytes
    tag: Tag


class ChangedError(Exception):
    """Another writer has replaced the object since it was read."""


class Destination(Protocol):
    """A folder or bucket. Every call raises ConfigurationError or NetworkError on failure."""

    @property
    def name(self) -> str:
        """The destination as it was typed."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keep other writers out during a block, where the destination has locks."""
        ...

    def check_writable(self) -> None:
        """Raise ConfigurationError where it can be seen, without writing, that none may write."""
        ...

    def read(self, path: str) -> Stored | None:
        """Return an object of up to 16 MiB, or None where there is none."""
        ...

    def tag_of(self, path: str) -> Tag | None:
        """Return the tag of an object without reading it, or None where there is none."""
        ...

    def replace(self, path: str, data: memoryview) -> Tag:
        """Write an object: readers see the old or the new one, whole. Return its tag."""
        ...

    def swap(self, path: str, data: bytes, *, old: Tag | None) -> Tag:
        """Replace the version `old`, or write where None is; ChangedError for another version."""
        ...


def open_destination(
    text: str, *, timeout_s: float, environ: Mapping[str, str] = os.environ
) -> Destination:
    """Return the folder or bucket that `text` names; a bucket answers within `timeout_s`.

    Keys are read from the environment alone, so a URL that holds one is a UsageError.
    """
    if not text:
        raise UsageError("the destination is empty", _EXAMPLE)
    found = _URL.fullmatch(text)
    if found is None:
        return Folder(Path(text))
    scheme, rest = found[1].lower(), found[2]
    if scheme not in SCHEMES:
        raise UsageError(f"an export cannot go to {scheme}://", _EXAMPLE)
    if not rest.partition("/")[0] or set("@?# ") & set(rest) or not rest.isprintable():
        raise UsageError(f"this is not the address of a bucket: {scheme}://…", _EXAMPLE)
    if scheme == "gs":
        _refuse_keys_of_file(environ)
    from glomex_cli.storage.object_store import CloudBucket

    allow_http = environ.get("AWS_ALLOW_HTTP", "").lower() == "true"
    return CloudBucket(f"{scheme}://{rest}", timeout_s=timeout_s, allow_http=allow_http)


def _refuse_keys_of_file(environ: Mapping[str, str]) -> None:
    """Raise ConfigurationError where the library would take the keys from a file of gcloud."""
    file = Path(environ.get("HOME", os.devnull)) / _KEYS_OF_GCLOUD
    is_given = any(name.startswith(_GOOGLE) and environ[name] for name in environ)
    if not is_given and os.path.lexists(file):
        raise ConfigurationError(
            "keys of Google Cloud are read from the environment alone",
            f"export GOOGLE_APPLICATION_CREDENTIALS={shell_quoted(file)}",
        )


class Folder:
    """Implements `Destination` with files; new ones follow the umask."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def name(self) -> str:
        """The folder as it was typed."""
        return str(self._path)

    @contextmanager
    def alone(self) -> Generator[None]:
        """Hold the folder's lock, which ends with the process; ConfigurationError if it is held."""
        from contextlib import ExitStack

        with ExitStack() as held:
            with explained_files(self._path):
                self._path.mkdir(parents=True, exist_ok=True)
                held.enter_context(locked(self._path / _LOCKED, wait_s=_WAIT_S))
            yield

    def check_writable(self) -> None:
        """Raise ConfigurationError where the folder, or its nearest parent, is not writable."""
        folders = (self._path, *self._path.absolute().parents)
        nearest = next(folder for folder in folders if folder.exists())
        with explained_files(self._path):
            if not nearest.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "")
            if not os.access(nearest, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "")

    def read(self, path: str) -> Stored | None:
        """Return a file, or None where there is none."""
        with explained_files(self._path / path):
            try:
                data = read_plain(self._path / path, limit=MOST_BYTES)
            except FileNotFoundError:
                return None
        return Stored(data, self.tag_of(path) or {})

    def tag_of(self, path: str) -> Tag | None:
        """Return the size of a file: other programs do not write here."""
        with explained_files(self._path / path):
            try:
                return {"size": str((self._path / path).stat().st_size)}
            except FileNotFoundError:
                return None

    def replace(self, path: str, data: memoryview | bytes) -> Tag:
        """Write a file beside the old one, sync it to disk, and rename it."""
        file = self._path / path
        with explained_files(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            with writing(file) as stream:
                stream.write(data)
        return {"size": str(len(data))}

    def swap(self, path: str, data: bytes, *, old: Tag | None) -> Tag:
        """Replace a file; the lock of `alone` keeps others from changing it meanwhile."""
        del old
        return self.replace(path, data)
