"""A row of a report as the schema has it: labels, and metrics worked out only when asked for."""

from dataclasses import dataclass

from glomex_cli.sandbox.figures import Figures


@dataclass(slots=True)
class Row:
    """Labels of the dimensions asked for, the rest None; metrics follow from the sums."""

    sums: Figures
    day: str | None = None
    week: str | None = None
    month: str | None = None
    video: str | None = None
    video_title: str | None = None
    channel: str | None = None
    channel_title: str | None = None
    integration: str | None = None

    @property
    def video_views(self) -> int:
        """How often a video was started."""
        return self.sums.views

    @property
    def completed_views(self) -> int:
        """How often a video was watched to its end."""
        return self.sums.completed

    @property
    def completion_rate(self) -> float | None:
        """Completed views per view, from 0 to 1."""
        return _rate(self.sums.completed, self.sums.views)

    @property
    def watch_time_s(self) -> int:
        """Seconds watched."""
        return self.sums.watch_s

    @property
    def avg_watch_time_s(self) -> float | None:
        """Seconds watched per view."""
        return _rate(self.sums.watch_s, self.sums.views)

    @property
    def ad_requests(self) -> int:
        """How often an advertisement was asked for."""
        return self.sums.requests

    @property
    def ad_impressions(self) -> int:
        """How often an advertisement was shown."""
        return self.sums.impressions

    @property
    def fill_rate(self) -> float | None:
        """Impressions per request, from 0 to 1."""
        return _rate(self.sums.impressions, self.sums.requests)

    @property
    def revenue(self) -> float:
        """Euros earned."""
        return self.sums.cents / 100

    @property
    def ecpm(self) -> float | None:
        """Euros per thousand impressions."""
        return _rate(self.sums.cents * 10, self.sums.impressions)


def _rate(part: int, whole: int) -> float | None:
    """Divide to six digits after the point; nothing divided by nothing is unknown, not zero."""
    return round(part / whole, 6) if whole else None
