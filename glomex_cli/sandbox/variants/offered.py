"""The variants offered to those who build against the API: one for each way to be surprised."""

from collections.abc import Mapping

from glomex_cli.sandbox.accounts import Right
from glomex_cli.sandbox.variants.error_styles import ErrorShape
from glomex_cli.sandbox.variants.variant import (
    Fault,
    Range,
    Rows,
    SignIn,
    Values,
    Variant,
)

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
