"""Errors of other servers, ended sessions, rate limits, faults, HTTP."""

from glomex_cli.sandbox.variants.error_styles import STYLES, ErrorShape, Event
from glomex_cli.sandbox.variants.variant import (
    Fault,
    Introspection,
    Transport,
    Variant,
)
from support.servers.variants.case import ENDS, Case
from support.servers.variants.sign_ins import PLAIN_SESSION

_OBJECT = {"video": "video: Video", "types": "type Video { id: ID! title: String }"}
ERRORS = tuple(
    Case(
        kind=8,
        variant=Variant(name=f"errors-{style}", slots={**PLAIN_SESSION, **_OBJECT}, errors=style),
        commands=("login", "login-wrong", "video", "ended", "renewal", "schema"),
    )
    for style in STYLES
)
_REFUSALS: tuple[tuple[str, str, Introspection], ...] = (
    ("refused", "apollo", "refused"),
    ("refused-200", "apollo-200", "refused"),
    ("refused-message-only", "message-only", "refused"),
    ("refused-ruby", "graphql-ruby", "refused"),
    ("refused-java", "graphql-java", "refused"),
    ("forbidden", "apollo", "forbidden"),
    ("null", "apollo", "null"),
    ("partial", "apollo", "partial"),
)
INTROSPECTION = tuple(
    Case(kind=7, variant=Variant(name=f"introspection-{name}", errors=style, introspection=how))
    for name, style, how in _REFUSALS
)


def _ended(name: str, shape: ErrorShape) -> Case:
    variant = Variant(name=f"session-{name}", shapes={"unauthenticated": shape})
    return Case(kind=9, variant=variant, commands=ENDS)


SESSIONS = (
    _ended("words-expired", ErrorShape(message="Token has expired")),
    _ended("words-invalid-session", ErrorShape(message="Invalid or expired session")),
    _ended("words-no-longer-valid", ErrorShape(message="The session is no longer valid.")),
    _ended("words-log-in", ErrorShape(message="Please log in again.")),
    _ended("words-jwt", ErrorShape(message="jwt malformed or signature invalid")),
    _ended("words-revoked", ErrorShape(message="Your credentials have been revoked")),
    _ended("code-number", ErrorShape(200, {"code": 401}, "Access denied")),
    _ended("code-token-expired", ErrorShape(200, {"code": "TOKEN_EXPIRED"}, "No.")),
    _ended("code-lower", ErrorShape(200, {"code": "unauthenticated"}, "No.")),
    _ended("code-invalid-jwt", ErrorShape(200, {"code": "invalid-jwt"}, "No.")),
    _ended("code-dashes", ErrorShape(200, {"code": "token-expired"}, "No.")),
    _ended("status-extension", ErrorShape(200, {"status": 401}, "No.")),
    _ended("http-extension", ErrorShape(200, {"http": {"status": 401}}, "No.")),
    _ended("classification", ErrorShape(200, {"classification": "UNAUTHENTICATED"}, "No.")),
    _ended(
        "error-type", ErrorShape(200, beside={"errorType": "UnauthorizedException"}, message="No.")
    ),
    _ended("status-500", ErrorShape(500, {"code": "UNAUTHENTICATED"}, "Context creation failed")),
    _ended("status-401", ErrorShape(401, {}, "No.")),
    _ended("status-401-page", ErrorShape(401, page=True)),
    _ended("status-403-expired", ErrorShape(403, {}, "The incoming token has expired")),
    Case(
        kind=9,
        variant=Variant(
            name="session-no-right",
            shapes={"unauthenticated": ErrorShape(403, {"code": "FORBIDDEN"}, "Forbidden")},
        ),
        commands=("ended",),
        instead={"ended": (5,)},
        lossy=("ended",),
    ),
)


def _limited(name: str, shape: ErrorShape) -> tuple[Case, Case]:
    shapes: dict[Event, ErrorShape] = {"limited": shape}
    always = (Fault(kind="rate-limited", at=0),)
    return (
        Case(
            kind=11,
            variant=Variant(name=f"limited-{name}", shapes=shapes, faults=always),
            commands=("hurried",),
            instead={"hurried": (8,)},
            lossy=("hurried",),
        ),
        Case(
            kind=11,
            variant=Variant(
                name=f"limited-once-{name}",
                shapes=shapes,
                faults=(Fault(kind="rate-limited"),),
            ),
            commands=("day",),
        ),
    )


LIMITED = (
    *_limited("code", ErrorShape(200, {"code": "RATE_LIMITED"})),
    *_limited("too-many", ErrorShape(200, {"code": "TOO_MANY_REQUESTS"})),
    *_limited("throttled", ErrorShape(200, {"code": "THROTTLED"})),
    *_limited("number", ErrorShape(200, {"code": 429})),
)
_TAUGHT = ("week", "day", "video", "publisher-week", "month")
FAULTS = tuple(
    Case(
        kind=1,
        variant=Variant(name=f"fault-{name}", faults=(fault,)),
        commands=_TAUGHT,
        instead={"*": (5, 6, 7)},
        faults=fault.at,
    )
    for name, fault in (
        ("first-internal", Fault(kind="internal")),
        ("second-internal", Fault(kind="internal", at=2)),
        ("third-internal", Fault(kind="internal", at=3)),
        ("first-bad-gateway", Fault(kind="bad-gateway")),
        ("first-partial", Fault(kind="partial")),
        ("second-partial", Fault(kind="partial", at=2)),
        ("first-empty", Fault(kind="empty")),
        ("second-empty", Fault(kind="empty", at=2)),
        ("schema-internal", Fault(kind="internal", only="__schema")),
        ("schema-partial", Fault(kind="partial", only="__schema")),
    )
)


def _sent(name: str, manners: Transport, *codes: int) -> Case:
    commands = ("day", "video", "week", "schema", "query", "login")
    is_lost = name in {"br", "zstd", "login-page", "redirect"}
    return Case(
        kind=14,
        variant=Variant(name=f"http-{name}", transport=manners),
        commands=commands,
        instead={"*": codes} if codes else {},
        lossy=commands if is_lost else (),
        words="compress" if name in {"br", "zstd"} else "",
    )


HTTP = (
    _sent("gzip", Transport(encoding="gzip")),
    _sent("deflate", Transport(encoding="deflate")),
    _sent("raw-deflate", Transport(encoding="raw-deflate")),
    _sent("br", Transport(encoding="br"), 5, 7),
    _sent("zstd", Transport(encoding="zstd"), 5, 7),
    _sent("chunked", Transport(has_length=False)),
    _sent("chunked-gzip", Transport(has_length=False, encoding="gzip")),
    _sent("byte-order-mark", Transport(has_bom=True)),
    _sent("latin-1", Transport(charset="iso-8859-1"), 5),
    _sent("utf-16", Transport(charset="utf-16"), 5),
    _sent("new-type", Transport(content_type="application/graphql-response+json")),
    _sent("problem-type", Transport(content_type="application/vnd.api+json")),
    _sent("text-json", Transport(content_type="text/json"), 5),
    _sent("text-plain", Transport(content_type="text/plain"), 5),
    _sent("login-page", Transport(page="login-page"), 5),
    _sent("redirect", Transport(page="redirect"), 5),
)
CASES = ERRORS + INTROSPECTION + SESSIONS + LIMITED + FAULTS + HTTP
