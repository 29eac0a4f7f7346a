"""The videos, channels and integrations of the sandbox, read once from the files beside it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

# Where the demo's videos are embedded, and the share of their views each place brings.
# The rest is watched on other pages, which a publisher's report does not include.
INTEGRATIONS = {
    "4s29x1jj6fagy1ct": 0.27,
    "si3ziliu0sehfs4n": 0.18,
    "v4tlgez43yluc7ew": 0.12,
    "5x8w656iatj5gxch": 0.05,
}


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: `c-` and 12 letters or digits, and a title for people."""

    ident: str
    title: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video: `v-` and 12 letters or digits; it exists from the day it was published.

    `daily_views` is what an average day brings once the first weeks are over.
    """

    ident: str
    channel: Channel
    title: str
    published: date
    daily_views: int
    seconds: int


@cache
def videos() -> tuple[Video, ...]:
    """Return every video, future ones too, channel by channel in the order of publication."""
    channels = {row["id"]: Channel(row["id"], row["title"]) for row in _rows("channels.csv")}
    return tuple(
        Video(
            ident=row["id"],
            channel=channels[row["channel"]],
            title=row["title"],
            published=date.fromisoformat(row["published"]),
            daily_views=int(row["daily_views"]),
            seconds=int(row["seconds"]),
        )
        for row in _rows("videos.csv")
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("glomex_cli.sandbox").joinpath(name).read_text("utf-8")
    return csv.DictReader(text.splitlines())
