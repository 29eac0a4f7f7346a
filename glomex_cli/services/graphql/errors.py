"""Judge one entry of `errors`: what it means, whichever server wrote it. No effects.

Servers disagree on codes, places and words for the same thing. A code is judged first, wherever
it is written; then words. A wrong guess of an ended session costs one renewal, a missed one
the whole job, so that guess is a generous one.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from glomex_cli.errors import ServiceError
from glomex_cli.models import Json
from glomex_cli.terminal.sanitize import clip

_LONGEST_MESSAGE = 200
# A JSON object in base64 begins like this; a service may quote the token that it refuses.
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_.-]{8,}")
_SHOWN_CODE = re.compile(r"[A-Z0-9_]{3,40}")


class Fault(Enum):
    """What an error is about."""

    LIMITED = "the service is rate limiting requests"
    ENDED = "the session has expired"
    NO_RIGHT = "the account may not ask for this"
    INVALID = "the query does not fit the schema and was not executed"
    FAILED = "the service failed"
    REFUSED = "any other refusal"


class AnswerError(NamedTuple):
    """One entry of `errors` (GraphQL specification, section 7.1.2), made safe to show.

    `marks` are its codes from wherever servers write them, in capitals without punctuation.
    """

    message: str
    path: str
    code: str
    is_located: bool
    marks: tuple[str, ...] = ()

    @property
    def shown_code(self) -> str:
        """The code where it is a plain one, which cannot hold a secret."""
        return self.code if _SHOWN_CODE.fullmatch(self.code) else ""


# Codes without punctuation: of Apollo, Hasura, graphql-java, Lighthouse, Hot Chocolate, AppSync.
_BY_MARK = (
    (Fault.LIMITED, r"429|.*(RATELIMIT|TOOMANYREQUESTS|THROTTL).*"),
    (
        Fault.ENDED,
        (
            r"401|AUTHENTICATION|UNAUTHORIZEDEXCEPTION|.*(UN|NOT)AUTHENTICATED.*"
            r"|.*(TOKEN|JWT|SESSION|SIGNATURE|CREDENTIALS?)(IS|HAS)?"
            r"(EXPIRED|INVALID|REVOKED|ENDED|MALFORMED).*"
            r"|.*(EXPIRED|INVALID|REVOKED|MALFORMED)"
            r"(ACCESS)?(TOKEN|JWT|SESSION|SIGNATURE|CREDENTIALS?).*"
        ),
    ),
    (
        Fault.NO_RIGHT,
        r"403|AUTHORIZATION|.*(FORBIDDEN|PERMISSIONDENIED|ACCESSDENIED|NOTAUTHORIZED)",
    ),
    (
        Fault.INVALID,
        (
            r"GRAPHQLPARSEFAILED|.*VALIDATION(FAILED|ERROR)|INVALIDSYNTAX|PARSEERROR"
            r"|UNDEFINED(FIELD|TYPE|ARGUMENT)|SELECTIONMISMATCH|ARGUMENT(LITERALSINCOMPATIBLE"
            r"|NOTACCEPTED)|MISSINGREQUIRED(ARGUMENTS|INPUTOBJECTATTRIBUTE)|CANNOTSPREADFRAGMENT"
        ),
    ),
)
_FAILED_MARK = r"5[0-9][0-9]|.*(INTERNAL|UNEXPECTED|UNAVAILABLE|TIMEOUT|DOWNSTREAM).*"
# The code of graphql-java and others for both: then the words decide.
_AMBIGUOUS = "UNAUTHORIZED"
_VALIDATORS = (
    r"cannot query field|unknown (type|field|argument|fragment|directive)"
    r"|must have (a )?selection|must not have a selection|subselection required"
    r"|(doesn't|does not) exist on (the )?type|validation error|does not pass validation"
    r"|not found in type|no such type|syntax error|cannot represent|can never be of type"
    r"|was not provided|expected (value of )?type|must provide an? (operation ?name)"
    r"|literals are not allowed|is not defined by type"
)
_LOST = r"(expired|invalid|revoked|malformed|ended|no longer valid|not valid)"
_PROOF = r"(token|jwt|session|signature|credentials?)"
_ENDED_WORDS = (
    r"unauthenticated|unauthorized|not authenticated|not logged in|context creation failed"
    rf"|\b{_PROOF}\b[^.]{{0,40}}{_LOST}|\b{_LOST}\b[^.]{{0,40}}\b{_PROOF}"
    r"|invalid authentication|(log|sign) ?in again|please (log|sign) ?in"
)
_NO_RIGHT_WORDS = r"forbidden|not allowed to|no permission|permission denied"


def fault_of(error: AnswerError) -> Fault:
    """Return what an error is about, by its codes, then by its words and place."""
    words = error.message.lower()
    for fault, codes in _BY_MARK:
        if any(re.fullmatch(codes, mark) for mark in error.marks):
            return fault
    if re.search(_VALIDATORS, words):
        return Fault.INVALID
    if re.search(_ENDED_WORDS, words):
        return Fault.ENDED
    if _AMBIGUOUS in error.marks or re.search(_NO_RIGHT_WORDS, words):
        return Fault.NO_RIGHT
    if any(re.fullmatch(_FAILED_MARK, mark) for mark in error.marks):
        return Fault.FAILED
    # It points into the document, and at no field of the answer.
    is_invalid = not error.code and error.is_located and not error.path
    return Fault.INVALID if is_invalid else Fault.REFUSED


def parse_errors(entries: Json) -> list[AnswerError]:
    """Parse the value of the key `errors`; ServiceError when it is not a list of errors."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise ServiceError("the errors in the response of the service are not a list", "try again")
    return [_parse_error(entry) for entry in entries]


def _parse_error(entry: Json) -> AnswerError:
    fields = entry if isinstance(entry, dict) else {}
    codes = list(_codes(fields))
    return AnswerError(
        message=_message(fields.get("message")),
        path=_path(fields.get("path")),
        code=next((clip(code, _LONGEST_MESSAGE) for code in codes if not code.isdigit()), ""),
        is_located=bool(fields.get("locations")),
        marks=tuple(re.sub(r"[^A-Z0-9]", "", code.upper()) for code in codes),
    )


def _codes(fields: dict[str, Json]) -> Iterator[str]:
    """Yield the codes of an error, from its extensions and from beside its message."""
    extensions = fields.get("extensions")
    for place in (extensions, fields):
        if not isinstance(place, dict):
            continue
        http = place.get("http")
        status = http.get("status") if isinstance(http, dict) else None
        names = ("code", "errorType", "classification", "category", "status", "statusCode")
        for code in (*map(place.get, names), status):
            if isinstance(code, str | int) and not isinstance(code, bool):
                yield str(code)[:_LONGEST_MESSAGE]


def _message(text: Json) -> str:
    return _shown(str(text or "no reason given"))


def _path(steps: Json) -> str:
    if not isinstance(steps, list):
        return ""
    return _shown(".".join(str(step) for step in steps))


def _shown(text: str) -> str:
    """Return text of the service, short and without a secret: cut first, half of one would stay."""
    from glomex_cli.terminal.sanitize import MASK, mask_secrets

    return clip(_TOKEN.sub(MASK, mask_secrets(text)), _LONGEST_MESSAGE)
