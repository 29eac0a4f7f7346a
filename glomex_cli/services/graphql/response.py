"""A GraphQL answer and what its errors mean, whichever server wrote it. No effects.

Servers disagree on status, codes and words for the same thing; every known disguise of an
expired session is in `_EXPIRED_WORDS` and `failure_of`.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from glomex_cli.errors import GlomexError, InvalidQueryError, ServiceError, SessionExpiredError
from glomex_cli.models import Json, Problem
from glomex_cli.terminal.sanitize import clip

_LONGEST_MESSAGE = 200
_EXPIRED_CODES = {"UNAUTHENTICATED", "EXPIRED_TOKEN", "INVALID_TOKEN"}
_EXPIRED_WORDS = (
    "unauthenticated",
    "unauthorized",
    "not authenticated",
    "invalid authentication token",
    "jwt expired",
    "signature has expired",
    "token expired",
    "context creation failed",
)
_NO_RIGHT = "FORBIDDEN"
_FORBIDDEN_CODES = {_NO_RIGHT, "UNAUTHORIZED"}
_INVALID_CODES = {"GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED"}
# A JSON object in base64 begins like this; a service may quote the token that it refuses.
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_.-]{8,}")


class AnswerError(NamedTuple):
    """One entry of `errors` (GraphQL specification, section 7.1.2), made safe to show."""

    message: str
    path: str
    code: str
    is_located: bool


class Answer(NamedTuple):
    """A whole answer. `data` is None both when it is null and when there is none.

    `date` is the service's own clock, as it wrote it into the header; `body` is the answer as
    it came, where it was read whole.
    """

    status: int
    date: str
    data: dict[str, Json] | None
    errors: Sequence[AnswerError]
    body: Json = None

    @property
    def is_expired(self) -> bool:
        """Whether the service no longer takes the token."""
        return self.status == 401 or any(map(_is_expired, self.errors))  # noqa: PLR2004

    @property
    def is_invalid(self) -> bool:
        """Whether the query was refused before it ran, as not fitting the schema."""
        return self.data is None and any(map(_is_invalid, self.errors))


def parse_errors(entries: Json) -> list[AnswerError]:
    """Parse the value of the key `errors`; ServiceError when it is not a list of errors."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise ServiceError("the errors in the answer of the service are not a list", "try again")
    return [_parse_error(entry) for entry in entries]


def problem_of(error: AnswerError) -> Problem:
    """Return `error` as the problem that is shown beside partial data."""
    return Problem(error.message, error.path)


def failure_of(answer: Answer, asked: str) -> GlomexError:
    """Return the failure that `answer`, which holds no data, means; `asked` names the request."""
    if answer.is_expired:
        return SessionExpiredError("the session has ended", "sign in again: glomex login")
    if not answer.errors:
        return ServiceError(f"the service answered {asked} with nothing", "try again")
    first = answer.errors[0]
    if first.code in _FORBIDDEN_CODES or "forbidden" in first.message.lower():
        return ServiceError(
            f"this account may not ask for {asked}",
            "try the other kind with --as publisher or --as content-owner, or another tenant",
        )
    if answer.is_invalid:
        return InvalidQueryError(
            f"{asked} does not fit the service's schema: {first.message}", "glomex schema"
        )
    return ServiceError(f"the service refused {asked}: {first.message}", "glomex report --help")


def _is_expired(error: AnswerError) -> bool:
    words = error.message.lower()
    sounds_expired = any(phrase in words for phrase in _EXPIRED_WORDS)
    return error.code in _EXPIRED_CODES or (sounds_expired and error.code != _NO_RIGHT)


def _is_invalid(error: AnswerError) -> bool:
    """Return whether `error` points into the document and at no field of the answer."""
    if error.code in _INVALID_CODES:
        return True
    return not error.code and error.is_located and not error.path


def _parse_error(entry: Json) -> AnswerError:
    fields = entry if isinstance(entry, dict) else {}
    extensions = fields.get("extensions")
    code = extensions.get("code") if isinstance(extensions, dict) else None
    return AnswerError(
        message=_message(fields.get("message")),
        path=_path(fields.get("path")),
        code=clip(code, _LONGEST_MESSAGE) if isinstance(code, str) else "",
        is_located=bool(fields.get("locations")),
    )


def _message(text: Json) -> str:
    return _shown(str(text or "no reason given"))


def _path(steps: Json) -> str:
    if not isinstance(steps, list):
        return ""
    return _shown(".".join(str(step) for step in steps))


def _shown(text: str) -> str:
    """Return text of the service, short and without a secret: cut first, half of one would stay."""
    from glomex_cli.terminal.masking import MASK, mask_secrets

    return clip(_TOKEN.sub(MASK, mask_secrets(text)), _LONGEST_MESSAGE)
