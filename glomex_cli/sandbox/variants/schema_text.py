"""The schema of a variant, written from named pieces that its record may replace."""

from collections.abc import Mapping
from string import Template

_SIDES = {"ContentOwner": "owner", "Publisher": "publisher"}

# In each piece `${Side}` becomes ContentOwner or Publisher.
DEFAULT_SLOTS: Mapping[str, str] = {
    "dimensions": "dimensions: [${Side}Dimension!]!",
    "range": "from: String!, to: String!",
    "owner_filters": "",
    "publisher_filters": "filters: ${Side}Filters",
    "paging": "",
    "report": "${Side}AnalyticsReport",
    "container": "rows: [${Side}Row!]!",
    "day": "day: String",
    "week": "week: String",
    "month": "month: String",
    "video": "video: String video_title: String",
    "channel": "channel: String channel_title: String",
    "metrics": "video_views: Int ad_impressions: Int",
    "more_metrics": "completed_views: Int completion_rate: Float ad_requests: Int revenue: Float",
    "credentials": "login: String!, password: String!, tenantId: String!",
    "session": "SessionResult",
    "session_types": (
        "union SessionResult = Session | SessionChallenge\n"
        "type Session { access_token: String! }\n"
        "type SessionChallenge { challenge_session: String! }"
    ),
    "second_step": (
        "createMFASession(mfa_code: String!, email: String!, challenge: String!): Session"
    ),
    "types": "",
}

_ROOTS = Template("""
type Query {
  contentOwnerAnalyticsReport($owner): $owner_report
  publisherAnalyticsReport($publisher): $publisher_report
}
type Mutation {
  createSession($credentials): $session
  $second_step
}
$session_types
$types
""")
_SIDE = Template("""
type ${Side}Row { $day $week $month $video $channel $integration $metrics $more_metrics }
""")
_ENUM = "enum {side}Dimension {{ video channel {more} day week month }}\n"
_FILTERS = "input {side}Filters {{ video: String channel: String {more} }}\n"


def schema_text(slots: Mapping[str, str]) -> str:
    """Return the SDL with the given slots in place of the defaults; KeyError for unknown ones."""
    for name in slots:
        DEFAULT_SLOTS[name]
    pieces = {**DEFAULT_SLOTS, **slots}
    sides = {side: _filled(pieces, side) for side in _SIDES}
    owner, publisher = sides["ContentOwner"], sides["Publisher"]
    roots = _ROOTS.substitute(
        pieces,
        owner=_arguments(owner, "owner"),
        publisher=_arguments(publisher, "publisher"),
        owner_report=owner["report"],
        publisher_report=publisher["report"],
    )
    return roots + "".join(_side(side, sides[side]) for side in _SIDES)


def _filled(pieces: Mapping[str, str], side: str) -> dict[str, str]:
    return {name: Template(text).safe_substitute(Side=side) for name, text in pieces.items()}


def _arguments(pieces: Mapping[str, str], side: str) -> str:
    names = ("dimensions", f"{side}_filters", "range", "paging")
    return ", ".join(pieces[name] for name in names if pieces[name])


def _side(side: str, pieces: Mapping[str, str]) -> str:
    is_publisher = side == "Publisher"
    more = "integration" if is_publisher else ""
    text = _SIDE.substitute(pieces, Side=side, integration="integration: String" * is_publisher)
    used = _arguments(pieces, _SIDES[side])
    if f"{side}Dimension" in used:
        text += _ENUM.format(side=side, more=more)
    if f"{side}Filters" in used:
        text += _FILTERS.format(side=side, more=f"{more}: String" if more else "")
    if pieces["container"]:
        text += f"type {side}AnalyticsReport {{ {pieces['container']} }}\n"
    return text
