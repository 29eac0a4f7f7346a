"""Any history of nights, corrections, losses and failures leaves the last good answers."""

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from glomex_cli.dates.calendar import whole_days
from glomex_cli.errors import NetworkError
from glomex_cli.metrics import CellType
from glomex_cli.models import (
    Column,
    Problem,
    Report,
    ReportKind,
    ReportRequest,
    Role,
    Row,
)
from glomex_cli.reports.export.manifest import Ledger, Source, file_of
from glomex_cli.reports.export.plan import ExportChoice, choose, tasks
from glomex_cli.reports.export.run import Exporter, MonthOutcome, MonthResult
from glomex_cli.storage.destination import Folder

FIRST = date(2025, 1, 20)
SOURCE = Source("sandbox:", ReportKind.CONTENT_OWNER, ("video", "day"), ("views",), ())
COLUMNS = (
    Column("video", Role.DIMENSION),
    Column("day", Role.DIMENSION, type=CellType.DATE),
    Column("views", Role.METRIC, type=CellType.INTEGER),
)
OFFSETS = st.integers(0, 100)


class Night(NamedTuple):
    """How many days pass, what the service changes, and how it answers then."""

    passed: int
    corrected: dict[int, int]
    lost: set[int]
    partial: set[int]  # numbers of months, of which it answers a part
    fails_at: int | None  # the row at which the line breaks
    allow_loss: bool


NIGHTS = st.lists(
    st.builds(
        Night,
        passed=st.integers(0, 25),
        corrected=st.dictionaries(OFFSETS, st.integers(0, 10**12), max_size=4),
        lost=st.sets(OFFSETS, max_size=2),
        partial=st.sets(st.integers(1, 5), max_size=1),
        fails_at=st.none() | st.integers(0, 60),
        allow_loss=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


class Service:
    """A service whose figures change, and the last answer of each month that may be kept."""

    def __init__(self) -> None:
        self.views = {FIRST + timedelta(offset): offset for offset in range(0, 101, 3)}
        self.night = Night(0, {}, set(), set(), None, allow_loss=False)
        self.good: dict[date, list[Row]] = {}
        self._sent = 0

    def begin(self, night: Night) -> None:
        """Change the figures."""
        self.night, self._sent = night, 0
        self.views |= {FIRST + timedelta(at): views for at, views in night.corrected.items()}
        for offset in night.lost:
            self.views.pop(FIRST + timedelta(offset), None)

    def fetch(self, request: ReportRequest) -> Report:
        """Answer with the days that have figures, in no order."""
        period = whole_days(request.period)
        days = [day for day in self.views if period.first <= day <= period.last]
        rows: list[Row] = [{"video": "ä", "day": str(d), "views": self.views[d]} for d in days]
        is_partial = period.first.month in self.night.partial
        problems = [Problem("lost", "rows.1")] if is_partial else []
        report = Report(COLUMNS, self._sending(rows), problems=problems)
        if not is_partial:
            self._judge(period.first.replace(day=1), rows)
        return report

    def _judge(self, month: date, rows: list[Row]) -> None:
        held = {row["day"] for row in self.good.get(month, [])}
        fails = self.night.fails_at is not None and self._sent + len(rows) > self.night.fails_at
        if not fails and (self.night.allow_loss or held <= {row["day"] for row in rows}):
            self.good[month] = rows

    def _sending(self, rows: list[Row]) -> Iterator[Row]:
        for row in rows:
            if self.night.fails_at is not None and self._sent >= self.night.fails_at:
                raise NetworkError("the line broke")
            self._sent += 1
            yield row


def run(folder: Path, service: Service, today: date, *, allow_loss: bool) -> list[MonthResult]:
    ledger = Ledger(Folder(folder))
    manifest = choose(ledger.manifest, ExportChoice(first=FIRST), SOURCE, rebuild=False)
    now = datetime(2025, 1, 1, tzinfo=UTC)
    exporter = Exporter(ledger, service.fetch, now=lambda: now, today=today, allow_loss=allow_loss)
    done: list[MonthResult] = []
    with suppress(NetworkError):
        done.extend(exporter.run(manifest, tasks(manifest, today=today)))
    return done


def held_in(folder: Path) -> dict[date, list[Row]]:
    """Return the rows of each month's file, as the service writes them."""
    ledger = Ledger(Folder(folder))
    months = list(ledger.manifest.months) if ledger.manifest else []
    pq: Any = import_module("pyarrow.parquet")
    return {
        start: [
            {**row, "day": str(row["day"])}
            for row in pq.ParquetFile(folder / file_of(start)).read().to_pylist()
        ]
        for start in months
    }


def by_day(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["day"]))


@settings(max_examples=150)
@given(NIGHTS)
def test_each_month_holds_its_last_good_answer(nights: list[Night]) -> None:
    service, today = Service(), FIRST + timedelta(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for night in nights:
            today += timedelta(night.passed)
            service.begin(night)
            before = held_in(folder)
            results = run(folder, service, today, allow_loss=night.allow_loss)
            after = held_in(folder)
            assert after == {month: by_day(rows) for month, rows in service.good.items()}
            for result in results:
                is_alike = before.get(result.month) == after.get(result.month)
                assert is_alike or result.outcome is MonthOutcome.WRITTEN
                assert (result.outcome is MonthOutcome.KEPT) == bool(result.missing)
        assert sum(path.is_file() for path in folder.rglob("*")) == len(service.good) + 1


def test_a_settled_month_is_not_asked_for_and_a_late_correction_within_its_look_back_is_seen(
    tmp_path: Path,
) -> None:
    service = Service()
    run(tmp_path, service, date(2025, 2, 14), allow_loss=False)
    service.begin(Night(0, {0: 77}, set(), set(), None, allow_loss=False))
    february_14 = run(tmp_path, service, date(2025, 2, 14), allow_loss=False)
    assert [(r.month.month, r.outcome, r.settled) for r in february_14] == [
        (1, MonthOutcome.WRITTEN, False),
        (2, MonthOutcome.SAME, False),
    ]
    february_15 = run(tmp_path, service, date(2025, 2, 15), allow_loss=False)
    assert [(r.month.month, r.outcome, r.settled) for r in february_15] == [
        (1, MonthOutcome.SAME, True),
        (2, MonthOutcome.WRITTEN if 26 % 3 == 0 else MonthOutcome.SAME, False),
    ]
    service.begin(Night(0, {0: 78}, set(), set(), None, allow_loss=False))
    after = run(tmp_path, service, date(2025, 2, 16), allow_loss=False)
    assert [r.month.month for r in after] == [2]
    assert held_in(tmp_path)[date(2025, 1, 1)][0]["views"] == 77
