"""Export months one at a time: ask, write the file, then the manifest. No month is half there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from glomex_cli.dates.calendar import ONE_DAY
from glomex_cli.errors import UsageError
from glomex_cli.models import Bucket, Column, Period, Problem, ReportKind, ReportRequest
from glomex_cli.reports.export.manifest import Ledger, Manifest, Month, Source, file_of
from glomex_cli.reports.export.month import (
    FetchReport,
    MonthFile,
    month_file,
    requests_by_bucket,
)
from glomex_cli.reports.export.plan import Task, check_same, is_settled, lost_days
from glomex_cli.reports.request import check_names

if TYPE_CHECKING:
    from glomex_cli.services.client import Client

_VIEWS = "views"


class MonthOutcome(StrEnum):
    """What came of a month: `kept` is the one held before, where the answer lacked something."""

    WRITTEN = "written"
    SAME = "same"
    KEPT = "kept"
    PLANNED = "planned"


class MonthResult(NamedTuple):
    """A month that was asked for; rows and days are those held now. `missing` says what lacked."""

    month: date
    rows: int
    days: int
    outcome: MonthOutcome
    settled: bool
    missing: Sequence[str] = ()


class Exporter:
    """Brings months up to date. `fetch` asks the service, `now` is the clock."""

    def __init__(
        self,
        ledger: Ledger,
        fetch: FetchReport,
        *,
        now: Callable[[], datetime],
        today: date,
        allow_loss: bool,
    ) -> None:
        self._ledger = ledger
        self._fetch = fetch
        self._now = now
        self._today = today
        self._allow_loss = allow_loss

    def run(self, manifest: Manifest, tasks: Sequence[Task]) -> Iterator[MonthResult]:
        """Claim the destination for `manifest`, then yield the result of each month.

        A failure leaves the months before it written, and the month at hand as it was.
        """
        self._claim(manifest)
        for task in tasks:
            yield self._export(task)

    def _claim(self, manifest: Manifest) -> None:
        """Write what the export holds before the service is asked, which shows that one may."""
        before = self._ledger.manifest

        def change(held: Manifest | None) -> Manifest:
            if held is None or held == before:
                return manifest
            check_same(held, manifest.source)
            return held

        self._ledger.update(change)

    @property
    def _manifest(self) -> Manifest:
        manifest = self._ledger.manifest
        if manifest is None:
            raise AssertionError("claimed before")
        return manifest

    def _export(self, task: Task) -> MonthResult:
        manifest = self._manifest
        source, held = manifest.source, manifest.months.get(task.month)
        report = self._fetch(_request(source, task))
        columns = _columns(manifest.columns, report.columns)
        made = month_file(report._replace(columns=columns))
        if report.problems:
            return _kept(task, held, map(_words, report.problems))
        lost = [] if self._allow_loss else lost_days(task, held, made.days)
        if lost:
            return _kept(task, held, [f"{day}: the service no longer has rows" for day in lost])
        return self._write(task, columns, made)

    def _write(self, task: Task, columns: tuple[Column, ...], made: MonthFile) -> MonthResult:
        manifest, path = self._manifest, file_of(task.month)
        held, destination = manifest.months.get(task.month), self._ledger.destination
        is_same = (
            held is not None and held.digest == made.digest and destination.tag_of(path) == held.tag
        )
        tag = held.tag if held and is_same else destination.replace(path, made.data)
        month = Month(
            rows=made.rows,
            days=made.days,
            digest=made.digest,
            tag=tag,
            first=max(task.month, manifest.first),
            through=task.period.last,
            settled=is_settled(task, today=self._today, look_back_days=manifest.look_back_days),
            written_at=held.written_at
            if held and is_same
            else f"{self._now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        )
        self._note(task.month, month, columns)
        outcome = MonthOutcome.SAME if is_same else MonthOutcome.WRITTEN
        return MonthResult(task.month, made.rows, len(made.days), outcome, month.settled)

    def _note(self, start: date, month: Month, columns: tuple[Column, ...]) -> None:
        """Put one month into the manifest, beside those that others have put there meanwhile."""
        source = self._manifest.source

        def change(held: Manifest | None) -> Manifest:
            if held is None:
                raise UsageError("the destination was emptied meanwhile", "run the command again")
            check_same(held, source)
            return held._replace(columns=columns, months={**held.months, start: month})

        self._ledger.update(change)


def learn_names(client: "Client", manifest: Manifest, todo: Sequence[Task]) -> None:
    """Ask for the schema where it is not known: types are from it, and names are checked by it.

    Raises UsageError for a name that the account does not have.
    """
    if not client.service.knows_names:
        return
    if todo and client.cache.wants_schema and (schema := client.known_schema()):
        check_names(_request(manifest.source, todo[0]), schema)


def oldest_day(fetch: FetchReport, manifest: Manifest, *, today: date) -> date | None:
    """Return the first day since the export's first of which Mux Data has views, in one request.

    How long they are kept depends on the plan. None where that is not told; Glomex keeps all.
    """
    yesterday = today - ONE_DAY
    if manifest.source.kind is not ReportKind.DATA or manifest.first > yesterday:
        return None
    period = Period(manifest.first, yesterday)
    report = fetch(ReportRequest(ReportKind.DATA, (Bucket.DAY,), (_VIEWS,), period))
    days = [str(row.get(Bucket.DAY)) for row in report.rows if row.get(_VIEWS)]
    return date.fromisoformat(min(days)) if days and not report.problems else None


def parts_of(manifest: Manifest, task: Task) -> Mapping[str, ReportRequest]:
    """Return the requests of a month that are asked one by one, each for a day or an hour."""
    if manifest.source.kind is not ReportKind.DATA:
        return {}
    return requests_by_bucket(_request(manifest.source, task))


def planned(manifest: Manifest, task: Task) -> MonthResult:
    """Return a month that would be asked for, as it is held now."""
    return _kept(task, manifest.months.get(task.month), ())._replace(outcome=MonthOutcome.PLANNED)


def _request(source: Source, task: Task) -> ReportRequest:
    return ReportRequest(
        source.kind, source.dimensions, source.metrics, task.period, source.filters
    )


def _kept(task: Task, held: Month | None, missing: "Iterator[str] | Sequence[str]") -> MonthResult:
    rows, days = (held.rows, len(held.days)) if held else (0, 0)
    settled = bool(held and held.settled)
    return MonthResult(task.month, rows, days, MonthOutcome.KEPT, settled, tuple(missing))


def _columns(held: tuple[Column, ...], answered: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns with the types that all months have; UsageError for other columns."""
    if held and [column.name for column in held] != [column.name for column in answered]:
        raise UsageError(
            "the destination contains another report: the service's columns have changed",
            "fetch all months again with --rebuild",
        )
    plain = (Column(column.name, column.role, type=column.type) for column in answered)
    return held or tuple(plain)


def _words(problem: Problem) -> str:
    return f"{problem.path}: {problem.message}" if problem.path else problem.message
