"""The packages that exports need, and whether an export's destination can be read."""

from contextlib import suppress

from glomex_cli.cli.doctor.finding import Verdict, fine, skipped
from glomex_cli.cli.doctor.subject import Subject

_LEAST_S = 0.1  # the checks before may have used up the time
_INSTALL = "pip install 'glomex-cli[export]'"
# Any of the first two writes Parquet; the last speaks to buckets.
_PACKAGES = ("arro3-io", "pyarrow", "obstore")


def look_at_export(subject: Subject) -> Verdict:
    """Name the installed packages, and read the manifest of the destination that was named.

    Nothing is written. Raises ConfigurationError or NetworkError for a destination that cannot
    be read, or cannot for want of a package.
    """
    found = ", ".join(f"{name} {version}" for name, version in _versions().items())
    destination = subject.destination
    if destination is None:
        return fine(found) if found else skipped(f"not installed: {_INSTALL}")
    return fine(f"{_held(subject, destination)}; {found}" if found else _held(subject, destination))


def _versions() -> dict[str, str]:
    from importlib import metadata

    found: dict[str, str] = {}
    for name in _PACKAGES:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _held(subject: Subject, destination: str) -> str:
    from glomex_cli.output.parquet import require_parquet
    from glomex_cli.reports.export.ledger import Ledger
    from glomex_cli.storage.destination import open_destination

    require_parquet()
    place = open_destination(
        destination,
        timeout_s=max(subject.deadline.left_s(), _LEAST_S),
        environ=subject.context.runtime.environ,
    )
    manifest = Ledger(place).manifest
    if manifest is None:
        return f"{place.name} holds no export yet"
    months = manifest.months
    settled = sum(month.settled for month in months.values())
    return f"{place.name} holds {len(months)} months since {manifest.first}, {settled} settled"
