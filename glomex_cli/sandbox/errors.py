"""The refusals of the sandbox, with the code each carries in `extensions`."""

from enum import StrEnum
from http import HTTPStatus


class Refusal(StrEnum):
    """Values of `extensions.code`. The first three are the convention of GraphQL servers.

    Which codes the real service uses for its MFA step is not published: these are our own.
    """

    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    MFA_REQUIRED = "MFA_REQUIRED"
    MFA_CODE_WRONG = "MFA_CODE_WRONG"
    MFA_CODE_REUSED = "MFA_CODE_REUSED"
    CHALLENGE_INVALID = "CHALLENGE_INVALID"
    CHALLENGE_EXPIRED = "CHALLENGE_EXPIRED"
    CHALLENGE_USED = "CHALLENGE_USED"
    TOO_MANY_ATTEMPTS = "TOO_MANY_ATTEMPTS"


class RefusedError(Exception):
    """The service refuses. graphql-core copies message and `extensions` into the answer."""

    def __init__(self, code: Refusal, message: str) -> None:
        super().__init__(message)
        self.extensions: dict[str, str] = {"code": code.value}


class HTTPRefusedError(Exception):
    """The request is refused before GraphQL sees it. `allow` lists methods for status 405."""

    def __init__(self, status: HTTPStatus, message: str, *, allow: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.allow = allow
