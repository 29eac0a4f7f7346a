"""An export in a folder: files replaced whole and synced to disk, one writer at a time."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from glomex_cli.storage.destination import Stored, Tag
from glomex_cli.storage.errors import explained_files
from glomex_cli.storage.files import locked, writing

# Spark, DuckDB, Polars and Arrow skip names that begin with a dot or an underscore.
_LOCKED = "_export"
# Another export takes minutes, so waiting for its end would look like hanging.
_WAIT_S = 1.0


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

    def read(self, path: str) -> Stored | None:
        """Return a file, or None where there is none."""
        with explained_files(self._path / path):
            try:
                data = (self._path / path).read_bytes()
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
