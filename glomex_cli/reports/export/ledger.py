"""The manifest in its place: read, and changed without losing what another writer put there."""

from collections.abc import Callable

from glomex_cli.errors import ConfigurationError
from glomex_cli.reports.export.manifest import (
    MANIFEST,
    Manifest,
    dump_manifest,
    file_of,
    load_manifest,
)
from glomex_cli.storage.destination import ChangedError, Destination, Tag

_TRIES = 3


class Ledger:
    """The manifest of one destination; `manifest` is None where nothing was exported yet."""

    def __init__(self, destination: Destination) -> None:
        """Read the manifest."""
        self.destination = destination
        self.manifest: Manifest | None = None
        self._tag: Tag | None = None
        self._read()

    def update(self, change: Callable[[Manifest | None], Manifest]) -> Manifest:
        """Write what `change` makes of the manifest, and return it.

        Where another writer has replaced it meanwhile, it is read again and `change` is called
        with that one; ConfigurationError after three times.
        """
        for _ in range(_TRIES):
            changed = change(self.manifest)
            if changed == self.manifest:
                return changed
            try:
                data = dump_manifest(changed)
                self._tag = self.destination.swap(MANIFEST, data, old=self._tag)
            except ChangedError:
                self._read()
                continue
            self.manifest = changed
            return changed
        raise ConfigurationError(
            f"another command is exporting to {self.destination.name}",
            "wait for it to end, then try again",
        )

    def _read(self) -> None:
        stored = self.destination.read(MANIFEST)
        if stored is None:
            self.manifest, self._tag = None, None
        else:
            self.manifest = load_manifest(stored.data, place=self.destination.name)
            self._tag = stored.tag


def without_lost_files(manifest: Manifest, destination: Destination) -> Manifest:
    """Return the manifest without the months whose files are gone: they are asked for again."""
    months = {
        start: month
        for start, month in manifest.months.items()
        if destination.tag_of(file_of(start)) is not None
    }
    return manifest._replace(months=months)
