"""Readings of `to`, limits of the range, pages, and rows that do not belong."""

from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.variant import Range, Rows, Variant
from support.servers.variants.case import BY_DAY, REPORTS, Case

_BOTH = frozenset(Right)
_SUMS = (
    "day",
    "video",
    "week",
    "month",
    "quarter",
    "total",
    "sparkline",
    "publisher",
    "publisher-week",
)
_LIMITED = ("day", "video", "week", "quarter", "total", "sparkline-day", "publisher")


def _read(name: str, rules: Range, **more: object) -> Case:
    return Case(kind=3, variant=Variant(name=name, range=rules), commands=_SUMS, **more)  # type: ignore[arg-type]


READINGS = (
    Case(kind=5, variant=Variant(name="to-exclusive", range=Range(exclusive=_BOTH))),
    Case(
        kind=5,
        variant=Variant(
            name="to-exclusive-publisher", range=Range(exclusive=frozenset({Right.PUBLISHER}))
        ),
        commands=(*REPORTS, "both-weeks", "both-weeks-publisher-first"),
    ),
    Case(
        kind=5,
        variant=Variant(
            name="to-exclusive-owner", range=Range(exclusive=frozenset({Right.CONTENT_OWNER}))
        ),
        commands=(*REPORTS, "both-weeks", "both-weeks-publisher-first"),
    ),
    _read("to-yesterday", Range(newest="yesterday")),
    _read("to-today", Range(newest="today")),
    _read("to-exclusive-today", Range(exclusive=_BOTH, newest="today")),
    _read(
        "to-exclusive-yesterday",
        Range(exclusive=_BOTH, newest="yesterday"),
        instead=dict.fromkeys(("day", "video", "total", "publisher"), (5, 6)),
        lossy=("day", "video", "total", "publisher"),
        words="--from|--to|--last|shorter|missing",
    ),
)
LIMITS = tuple(
    Case(
        kind=3,
        variant=Variant(name=name, range=rules),
        commands=_LIMITED,
        instead=dict.fromkeys(refused, (5,)),
        words="--from|--last|shorter",
    )
    for name, rules, refused in (
        ("longest-92", Range(longest=92), ()),
        ("longest-92-unsaid", Range(longest=92, says_longest=False), ()),
        ("longest-92-exclusive", Range(longest=92, exclusive=_BOTH), ()),
        ("longest-31", Range(longest=31), ()),
        ("longest-31-unsaid", Range(longest=31, says_longest=False), ("quarter",)),
        ("longest-31-exclusive", Range(longest=31, exclusive=_BOTH), ()),
        ("longest-14", Range(longest=14), ("week",)),
        ("longest-7", Range(longest=7), ("video", "week")),
        ("longest-31-yesterday", Range(longest=31, newest="yesterday"), ()),
    )
)


def _paged(name: str, size: int, arguments: str, beside: str, types: str = "") -> Variant:
    return Variant(
        name=name,
        slots={
            "paging": arguments,
            "container": f"rows: [${{Side}}Row!]! {beside}",
            "types": types,
        },
        rows=Rows(size=size, most=50),
    )


_SNAKE = "type PageInfo { has_next_page: Boolean! end_cursor: String }"
_CAMEL = "type PageInfo { hasNextPage: Boolean! endCursor: String }"
PAGES = tuple(
    Case(kind=4, variant=variant, commands=_SUMS)
    for variant in (
        _paged(
            "pages-cursor", 10, "first: Int = 10, after: String", "page_info: PageInfo!", _SNAKE
        ),
        _paged(
            "pages-cursor-camel", 10, "first: Int, after: String", "pageInfo: PageInfo!", _CAMEL
        ),
        _paged(
            "pages-first-required", 10, "first: Int!, after: String", "pageInfo: PageInfo!", _CAMEL
        ),
        _paged("pages-offset", 10, "limit: Int = 10, offset: Int = 0", "total: Int!"),
        _paged("pages-offset-count", 10, "limit: Int, skip: Int", "total_count: Int!"),
        _paged("pages-numbered", 10, "page: Int = 1, per_page: Int = 10", "total_pages: Int!"),
        _paged("pages-numbered-camel", 10, "page: Int, pageSize: Int", "totalCount: Int!"),
        _paged("pages-next-cursor", 10, "cursor: String, limit: Int", "next_cursor: String"),
        _paged("pages-has-more", 10, "offset: Int, limit: Int", "has_more: Boolean!"),
        Variant(
            name="pages-edges",
            slots={
                "paging": "first: Int = 10, after: String",
                "container": "edges: [${Side}Edge!]! pageInfo: PageInfo!",
                "types": _CAMEL
                + " type ContentOwnerEdge { node: ContentOwnerRow cursor: String! }"
                + " type PublisherEdge { node: PublisherRow cursor: String! }",
            },
            rows=Rows(size=10, most=50),
        ),
    )
)
_CUT = ("day", "video", "quarter", "total", "publisher")
CUT = tuple(
    Case(
        kind=4,
        variant=Variant(name=name, rows=Rows(size=size)),
        commands=cut,
        instead=dict.fromkeys(cut, (0, 5, 6)),
        lossy=cut,
    )
    for name, size, cut in (("cut-at-10", 10, _CUT), ("cut-at-50", 50, ("video", "quarter")))
)
_FLAWED = ("day", "video", "quarter", "total", "sparkline-day", "publisher")
_DAILY = ("day", "quarter", "total", "sparkline-day", "publisher")
FLAWS = (
    Case(
        kind=12,
        variant=Variant(name="rows-outside", rows=Rows(flaw="outside")),
        commands=_DAILY,
        instead={"*": (5, 6)},
        lossy=_DAILY,
    ),
    Case(
        kind=12,
        variant=Variant(name="rows-twice", rows=Rows(flaw="twice")),
        commands=_FLAWED,
        instead={"*": (5, 6)},
        lossy=_FLAWED,
    ),
    Case(
        kind=12,
        variant=Variant(
            name="rows-null",
            slots={"container": "rows: [${Side}Row]!"},
            rows=Rows(flaw="null-rows"),
        ),
        commands=_FLAWED,
        instead={"*": (5, 6)},
        lossy=_FLAWED,
    ),
    Case(kind=12, variant=Variant(name="rows-extra-fields", rows=Rows(flaw="extra"))),
    Case(
        kind=12,
        variant=Variant(name="rows-other-report", rows=Rows(flaw="other-report")),
        instead={"*": (5, 6), "query": (), "schema": ()},
        lossy=tuple(name for name in REPORTS if name not in {"query", "schema"}),
    ),
    Case(
        kind=12,
        variant=Variant(name="rows-renamed-field", rows=Rows(flaw="unnamed")),
        commands=_FLAWED,
        instead={"*": (5, 6)},
        lossy=_FLAWED,
    ),
    Case(kind=12, variant=Variant(name="days-zero", rows=Rows(gaps="zero")), commands=BY_DAY),
    Case(kind=12, variant=Variant(name="days-null", rows=Rows(gaps="null")), commands=BY_DAY),
)
CASES = READINGS + LIMITS + PAGES + CUT + FLAWS
