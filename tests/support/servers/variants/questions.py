"""Argument types and containers of rows."""

from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.variant import Range, Values, Variant
from support.servers.variants.case import REPORTS, Case

_EXCLUSIVE = Range(exclusive=frozenset(Right))
_DATE = "scalar Date"


def _asked(name: str, *, types: str = "", range_: Range | None = None, **slots: str) -> Variant:
    """Return a variant that differs in pieces of its schema."""
    return Variant(name=name, slots={**slots, "types": types}, range=range_ or Range())


ARGUMENTS = tuple(
    Case(kind=7, variant=variant)
    for variant in (
        _asked("dimensions-strings", dimensions="dimensions: [String!]!"),
        _asked("dimensions-ids", dimensions="dimensions: [ID!]!"),
        _asked("dimensions-optional", dimensions="dimensions: [${Side}Dimension]"),
        _asked("dimensions-one-enum", dimensions="dimensions: ${Side}Dimension!"),
        _asked("dimensions-one-string", dimensions="dimensions: String!"),
        _asked("dates", range="from: Date!, to: Date!", types=_DATE),
        _asked("datetimes", range="from: DateTime!, to: DateTime!", types="scalar DateTime"),
        _asked(
            "datetimes-exclusive",
            range="from: DateTime!, to: DateTime!",
            types="scalar DateTime",
            range_=_EXCLUSIVE,
        ),
        _asked("epoch-seconds", range="from: Int!, to: Int!"),
        _asked("epoch-seconds-exclusive", range="from: Int!, to: Int!", range_=_EXCLUSIVE),
        _asked("epoch-millis", range="from: Timestamp!, to: Timestamp!", types="scalar Timestamp"),
        _asked("owner-filters-required", owner_filters="filters: ${Side}Filters!"),
        _asked(
            "all-filters-required",
            owner_filters="filters: ${Side}Filters!",
            publisher_filters="filters: ${Side}Filters!",
        ),
        _asked(
            "optional-beside",
            paging='timezone: String = "UTC", currency: Currency = EUR',
            types="enum Currency { EUR USD }",
        ),
        _asked(
            "strings-and-dates",
            dimensions="dimensions: [String!]!",
            range="from: Date!, to: Date!",
            owner_filters="filters: ${Side}Filters!",
            types=_DATE,
        ),
    )
)
RANGES_AS_OBJECTS = tuple(
    Case(kind=7, variant=variant, instead={"*": (5,), "query": (), "schema": ()})
    for variant in (
        _asked(
            "range-object",
            range="range: DateRange!",
            types="input DateRange { from: String!, to: String! }",
        ),
        _asked(
            "range-start-end",
            range="range: DateRange!",
            types="scalar Date input DateRange { start: Date!, end: Date! }",
        ),
        _asked("start-date-end-date", range="startDate: String!, endDate: String!"),
        _asked(
            "required-unknown", paging="granularity: Granularity!", types="enum Granularity { A B }"
        ),
    )
)
_PAGE_TYPES = "type PageInfo { hasNextPage: Boolean! endCursor: String }"
CONTAINERS = tuple(
    Case(kind=7, variant=variant)
    for variant in (
        _asked("rows-nodes", container="nodes: [${Side}Row!]!"),
        _asked("rows-items", container="items: [${Side}Row!]!"),
        _asked("rows-data", container="data: [${Side}Row!]!"),
        _asked("rows-results", container="total: Int results: [${Side}Row]"),
        _asked("rows-list", container="", report="[${Side}Row!]!"),
        _asked("rows-list-optional", container="", report="[${Side}Row]"),
        _asked(
            "rows-edges",
            container="edges: [${Side}Edge!]! pageInfo: PageInfo!",
            types=(
                "type ContentOwnerEdge { node: ContentOwnerRow! cursor: String! }\n"
                "type PublisherEdge { node: PublisherRow! cursor: String! }\n" + _PAGE_TYPES
            ),
        ),
        _asked(
            "rows-edges-optional",
            container="edges: [${Side}Edge]",
            types=(
                "type ContentOwnerEdge { node: ContentOwnerRow }\n"
                "type PublisherEdge { node: PublisherRow }"
            ),
        ),
    )
)
NUMBERS = tuple(
    Case(kind=7, variant=variant, commands=REPORTS)
    for variant in (
        Variant(
            name="numbers-text",
            slots={"metrics": "video_views: String ad_impressions: String"},
            values=Values(numbers="text"),
        ),
        Variant(
            name="numbers-big-integer",
            slots={
                "metrics": "video_views: BigInt ad_impressions: BigInt",
                "types": "scalar BigInt",
            },
            values=Values(numbers="text"),
        ),
        Variant(
            name="numbers-float",
            slots={"metrics": "video_views: Float ad_impressions: Float"},
            values=Values(numbers="float"),
        ),
        Variant(
            name="numbers-beyond-float",
            slots={"metrics": "video_views: Long ad_impressions: Long", "types": "scalar Long"},
            values=Values(scale=10**14 + 7),
        ),
        Variant(
            name="numbers-beyond-float-text",
            slots={"metrics": "video_views: String ad_impressions: String"},
            values=Values(scale=10**14 + 7, numbers="text"),
        ),
    )
)
CASES = ARGUMENTS + RANGES_AS_OBJECTS + CONTAINERS + NUMBERS
