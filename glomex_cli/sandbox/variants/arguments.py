"""The arguments of a report as a variant reads them, in the form of the sandbox.

The variants offered to those who build against the API are here too: one for each surprise.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.request import is_object
from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.error_styles import ErrorShape
from glomex_cli.sandbox.variants.variant import Fault, Range, Rows, SignIn, Values, Variant

_PAGE_INFO = "type PageInfo { hasNextPage: Boolean! endCursor: String }"
_LIST = (
    Variant(
        name="half-open",
        sentence="`to` is the day after the last, in both reports.",
        range=Range(exclusive=frozenset(Right)),
    ),
    Variant(
        name="half-open-publisher",
        sentence="`to` is the day after the last, in the publisher's report alone.",
        range=Range(exclusive=frozenset({Right.PUBLISHER})),
    ),
    Variant(
        name="objects",
        sentence="`video` and `channel` are objects with an id and a name.",
        slots={
            "video": "video: Video",
            "channel": "channel: Channel",
            "types": (
                "type Video { id: ID! name: String tags: [String!] "
                "thumbnail(width: Int!): String } type Channel { id: ID! name: String }"
            ),
        },
    ),
    Variant(
        name="strings",
        sentence="Dimensions are strings, days a scalar `Date`, and filters are required.",
        slots={
            "dimensions": "dimensions: [String!]!",
            "range": "from: Date!, to: Date!",
            "owner_filters": "filters: ${Side}Filters!",
            "publisher_filters": "filters: ${Side}Filters!",
            "types": "scalar Date",
        },
    ),
    Variant(
        name="pages",
        sentence="An answer is a connection of pages: edges, nodes and cursors.",
        slots={
            "paging": "first: Int = 10, after: String",
            "container": "edges: [${Side}Edge!]! pageInfo: PageInfo!",
            "types": (
                "type ContentOwnerEdge { node: ContentOwnerRow! cursor: String! } "
                "type PublisherEdge { node: PublisherRow! cursor: String! } " + _PAGE_INFO
            ),
        },
        rows=Rows(size=10),
    ),
    Variant(
        name="numbers-as-text",
        sentence="Counts are strings, weeks and months numbers such as 202523.",
        slots={
            "metrics": "video_views: String ad_impressions: String",
            "week": "week: Int",
            "month": "month: Int",
        },
        values=Values(numbers="text", week="number", month="number"),
    ),
    Variant(
        name="moments",
        sentence="Days are timestamps of Berlin's midnight, written in UTC.",
        values=Values(day="berlin", week="berlin", month="berlin"),
    ),
    Variant(
        name="short-ranges",
        sentence="At most 31 days, none later than yesterday.",
        range=Range(longest=31, newest="yesterday"),
    ),
    Variant(
        name="zero-days",
        sentence="Days without data come as rows of zero.",
        rows=Rows(gaps="zero"),
    ),
    Variant(
        name="plain-sign-in",
        sentence="A sign-in gives one type, with a null token for a wrong password.",
        slots={
            "session": "Session",
            "session_types": "type Session { access_token: String challenge_session: String }",
        },
        sign_in=SignIn(wrong="null-token"),
    ),
    Variant(
        name="java",
        sentence="Errors as graphql-java writes them, and no introspection.",
        errors="graphql-java",
        introspection="refused",
    ),
    Variant(
        name="unsteady",
        sentence="The second report fails once, and sessions end without a code.",
        shapes={"unauthenticated": ErrorShape(message="Token has expired")},
        faults=(Fault(kind="internal", at=2),),
    ),
)
OFFERED: Mapping[str, Variant] = {variant.name: variant for variant in _LIST}
_STARTS = ("from", "start", "startDate", "date_from", "gte")
_ENDS = ("to", "end", "endDate", "date_to", "lte")
_MILLIS_FROM = 100_000_000_000
_ONE_DAY = timedelta(days=1)


def sandbox_arguments(
    arguments: Mapping[str, object], *, right: Right, rules: Range, now: datetime
) -> dict[str, object]:
    """Return the arguments with both days as text and included.

    Raises RefusedError where the range breaks the rules or no day is left of it.
    """
    first = _moment(_found(arguments, _STARTS)).date()
    last = _last_day(_moment(_found(arguments, _ENDS)), right=right, rules=rules)
    _check(first, last, _moment(_found(arguments, _ENDS)).date(), rules, now)
    kept = {name: arguments[name] for name in ("dimensions", "filters") if name in arguments}
    return {**kept, "from": first.isoformat(), "to": last.isoformat()}


def _last_day(to: datetime, *, right: Right, rules: Range) -> date:
    """Return the last day that counts: exclusively read, that of the moment before `to`."""
    return (to - timedelta(microseconds=1)).date() if right in rules.exclusive else to.date()


def _check(first: date, last: date, to: date, rules: Range, now: datetime) -> None:
    today = now.astimezone(UTC).date()
    newest = {"any": date.max, "today": today, "yesterday": today - _ONE_DAY}[rules.newest]
    if to > newest:
        raise _bad(f"to: {to} is too late, data ends with {newest}.")
    if rules.longest and (last - first).days + 1 > rules.longest:
        limit = f" of {rules.longest} days" if rules.says_longest else ""
        raise _bad(f"The date range exceeds the maximum{limit}.")


def _found(arguments: Mapping[str, object], names: tuple[str, ...]) -> object:
    for name in names:
        if name in arguments:
            return arguments[name]
    for value in arguments.values():
        if is_object(value):
            for name in names:
                if name in value:
                    return value[name]
    raise _bad(f"{names[0]} is missing.")


def _moment(value: object) -> datetime:
    """Read a day, a moment with its zone, or seconds or milliseconds since 1970."""
    try:
        if isinstance(value, int):
            return datetime.fromtimestamp(value / 1000 if value > _MILLIS_FROM else value, UTC)
        text = str(value)
        if "T" in text:
            return datetime.fromisoformat(text).astimezone(UTC)
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError):
        raise _bad(f"{str(value)[:40]!r} is not a date.") from None


def _bad(message: str) -> RefusedError:
    return RefusedError(Refusal.BAD_USER_INPUT, message)
