"""The tree of failures and the exit code each family ends with.

Nothing here prints or exits: `cli` alone turns an error into words and an exit code.

GlomexError
├─ UsageError            2  the command line is invalid
├─ NoRowsError           3  no rows, only with --fail-empty
├─ SignInError           4  not signed in, or rejected by the service
│  ├─ CredentialsRefusedError  login, password or tenant is wrong, or a token's id or secret
│  ├─ SessionExpiredError   the token was refused
│  ├─ CodeRefusedError      the MFA code was wrong; the challenge is still valid
│  └─ ChallengeEndedError   the challenge has expired; sign-in starts over
├─ ServiceError          5  the service rejected the query, or sent an invalid response
│  ├─ InvalidQueryError     the query does not match the schema of the service
│  └─ UnavailableError      the service is down for a moment
├─ IncompleteError       6  rows were printed, some are missing
├─ NetworkError          7  TLS, timeout, truncated response
│  └─ NotConnectedError     no connection: nothing was sent
├─ RateLimitedError      8  the service is rate limiting requests
└─ ConfigurationError    9  settings, or a credential store
   └─ StoreError            the credential store cannot be used
"""

import errno
from enum import IntEnum

# This process has run out of something, whatever it was about to open.
_LIMITS = frozenset({errno.EMFILE, errno.ENFILE})
LIMIT_REACHED = "this process has too many open files"
LIMIT_HINT = "close other programs, or raise the limit: ulimit -n"


def is_limit(error: BaseException) -> bool:
    """Return whether an error of the system blames our limits, and not what was opened."""
    return isinstance(error, OSError) and error.errno in _LIMITS


class ExitCode(IntEnum):
    """The exit codes, documented by `glomex help exit-codes` and in the README."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    NO_ROWS = 3
    SIGN_IN = 4
    SERVICE = 5
    INCOMPLETE = 6
    NETWORK = 7
    RATE_LIMITED = 8
    CONFIGURATION = 9
    INTERRUPTED = 130
    READER_GONE = 141


class GlomexError(Exception):
    """A failure, shown to the person in one line; `hint` says what to do about it."""

    exit_code = ExitCode.UNEXPECTED

    # How long the service itself asks to wait before another try; None where it says nothing.
    retry_after_s: float | None = None

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GlomexError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class NoRowsError(GlomexError):
    """The answer holds no rows, and `--fail-empty` was given."""

    exit_code = ExitCode.NO_ROWS


class SignInError(GlomexError):
    """Nobody is signed in, or the service refused who tried."""

    exit_code = ExitCode.SIGN_IN


class CredentialsRefusedError(SignInError):
    """The service looked at what was typed, and refused it: it may be typed again."""


class SessionExpiredError(SignInError):
    """The service no longer takes the token that was sent."""


class CodeRefusedError(SignInError):
    """The MFA code was refused; another may be tried on the same challenge."""

    type_it = "type the code that the authenticator app shows now"


class ChallengeEndedError(SignInError):
    """The MFA challenge is too old or used up; only a new sign-in gives another."""


class ServiceError(GlomexError):
    """The service refused the query, or its answer makes no sense."""

    exit_code = ExitCode.SERVICE

    # Whether the service looked at the question and refused it, such as for its range.
    is_refusal = False
    # Whether it is the range that is refused, and the longest in days that a refusal names.
    is_of_range = False
    longest_days: int | None = None


class InvalidQueryError(ServiceError):
    """The query was not executed: it does not match the schema of the service."""


class UnavailableError(ServiceError):
    """The service, or a gateway before it, is down for a moment (502, 503, 504)."""


class IncompleteError(GlomexError):
    """Rows were printed, but the service could not give all of them."""

    exit_code = ExitCode.INCOMPLETE


class NetworkError(GlomexError):
    """No answer came, or not a whole one."""

    exit_code = ExitCode.NETWORK


class NotConnectedError(NetworkError):
    """No connection was made, so nothing was sent."""


class RateLimitedError(GlomexError):
    """The service is rate limiting requests."""

    exit_code = ExitCode.RATE_LIMITED


class ConfigurationError(GlomexError):
    """A setting cannot be used."""

    exit_code = ExitCode.CONFIGURATION


class StoreError(ConfigurationError):
    """The credential store is missing, locked, frozen or refuses."""
