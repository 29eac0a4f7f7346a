"""The days of which the sandbox has data."""

from datetime import date, timedelta

from glomex_cli.sandbox.metrics import is_outage


def days_before(today: date, count: int) -> list[str]:
    """Return those of the last `count` days before `today` that have data, the earliest first."""
    days = [today - timedelta(back) for back in range(count, 0, -1)]
    return [str(day) for day in days if not is_outage(day)]
