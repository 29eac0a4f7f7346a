"""Videos and channels as objects or under other names; weeks, months and days in other forms."""

from glomex_cli.sandbox.variants.variant import Introspection, Values, Variant
from support.servers.variants.case import BY_BUCKET, BY_DAY, BY_LABEL, Case


def _objects(
    name: str,
    video: str,
    *,
    types: str = "",
    errors: str = "apollo",
    introspection: Introspection = "on",
) -> Variant:
    """Return a variant whose `video` and `channel` are objects with these fields."""
    return Variant(
        name=name,
        slots={
            "video": "video: Video",
            "channel": "channel: Channel",
            "types": f"type Video {{ {video} }} type Channel {{ {video} }} {types}",
        },
        errors=errors,
        introspection=introspection,
    )


_ID_TITLE, _ID_NAME = "id: ID! title: String", "id: ID! name: String"
OBJECTS = tuple(
    Case(kind=6, variant=variant, commands=BY_LABEL)
    for variant in (
        _objects("object-id-title", _ID_TITLE),
        _objects("object-id-name", _ID_NAME),
        _objects("object-name-id", "name: String id: ID!"),
        _objects("object-slug", "title: String slug: String!"),
        _objects("object-key", "label: String key: String!"),
        _objects("object-id-alone", "id: ID!"),
        _objects(
            "object-with-arguments",
            "title: String id: ID! tags: [String!] thumbnail(width: Int!): String url: String",
        ),
        _objects(
            "object-nested",
            "id: ID! title: String owner: Owner",
            types="type Owner { id: ID! name: String }",
        ),
        _objects("object-id-title-unseen", _ID_TITLE, introspection="refused"),
        _objects("object-id-name-unseen", _ID_NAME, introspection="refused"),
        _objects("object-id-alone-unseen", "id: ID!", introspection="refused"),
        _objects("object-unseen-ruby", _ID_NAME, errors="graphql-ruby", introspection="refused"),
        _objects("object-unseen-java", _ID_TITLE, errors="graphql-java", introspection="refused"),
        _objects(
            "object-unseen-chocolate", _ID_NAME, errors="hot-chocolate", introspection="refused"
        ),
        Variant(
            name="flat-id-title",
            slots={
                "video": "video_id: ID video_title: String",
                "channel": "channel_id: ID channel_title: String",
            },
        ),
        Variant(
            name="flat-id-name",
            slots={
                "video": "video_id: String video_name: String",
                "channel": "channel_id: String channel_name: String",
            },
        ),
        Variant(
            name="flat-camel",
            slots={
                "video": "videoId: ID videoTitle: String",
                "channel": "channelId: ID channelTitle: String",
            },
        ),
        Variant(
            name="flat-beside",
            slots={"video": "video: String video_id: String", "channel": "channel: ID"},
        ),
    )
)

_ANY = {
    "week": "week: Moment",
    "month": "month: Moment",
    "day": "day: Moment",
    "types": "scalar Moment",
}
_NUMBER = {"week": "week: Int", "month": "month: Int"}
_PAIRS = (
    ("compact-iso", "digits"),
    ("number", "number"),
    ("digits", "slash"),
    ("dash", "month-first"),
    ("slash", "month-first-dash"),
    ("week-first", "month-first-dot"),
    ("week-first-slash", "short"),
    ("w-first", "name"),
    ("german-week", "abbreviation"),
    ("first-day", "first-day"),
    ("last-day", "last-day"),
    ("span", "span"),
    ("span-dash", "timestamp-space"),
    ("bare", "bare"),
    ("bare-text", "timestamp-millis"),
    ("bare-w", "german"),
    ("timestamp", "timestamp"),
    ("berlin", "berlin"),
    ("epoch", "epoch"),
    ("epoch-millis", "epoch-millis"),
    ("epoch-text", "epoch-text"),
    ("week-date", "compact"),
    ("lower", "iso"),
    ("short", "iso"),
)
BUCKETS = tuple(
    Case(
        kind=2,
        variant=Variant(
            name=f"weeks-{week}",
            slots=_NUMBER if week in {"number", "bare", "epoch"} else _ANY,
            values=Values(week=week, month=month),
        ),
        commands=BY_BUCKET,
    )
    for week, month in _PAIRS
)
DAYS = tuple(
    Case(
        kind=13,
        variant=Variant(
            name=f"days-{day}",
            slots={"day": "day: Int"} if day == "epoch" else _ANY,
            values=Values(day=day),
        ),
        commands=BY_DAY,
    )
    for day in (
        "timestamp",
        "timestamp-millis",
        "timestamp-space",
        "berlin",
        "epoch",
        "epoch-millis",
        "epoch-text",
        "german",
        "compact",
    )
)
CASES = OBJECTS + BUCKETS + DAYS
