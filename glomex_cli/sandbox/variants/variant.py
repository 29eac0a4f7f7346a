"""What one variant of the service differs in. Everything else is as the sandbox has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from glomex_cli.sandbox.accounts import Right
from glomex_cli.sandbox.variants.error_styles import ErrorShape, Event

Introspection: TypeAlias = Literal["on", "refused", "forbidden", "null", "partial"]
Encoding: TypeAlias = Literal["", "gzip", "deflate", "raw-deflate", "br", "zstd"]
FaultKind: TypeAlias = Literal["internal", "bad-gateway", "partial", "rate-limited", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """How values of a row are written; names of forms are those of `labels`.

    Every count is multiplied by `scale`, for figures beyond the range of a float.
    """

    day: str = "iso"
    week: str = "iso"
    month: str = "iso"
    numbers: Literal["int", "float", "text"] = "int"
    scale: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How `from` and `to` are read.

    `exclusive` holds the reports that read `to` as the day after the last. `newest` refuses a
    later `to`. More than `longest` days are refused; 0 is no limit, and `says_longest` puts the
    limit into the message.
    """

    exclusive: frozenset[Right] = frozenset()
    newest: Literal["any", "today", "yesterday"] = "any"
    longest: int = 0
    says_longest: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which rows come: `gaps` is how days without data are told, `size` cuts an answer.

    `size` is the length of a page, of which `most` is the highest that may be asked for; where
    the schema has no arguments for pages, the rest is lost without a word.
    """

    gaps: Literal["missing", "zero", "null"] = "missing"
    size: int = 0
    most: int = 100
    flaw: Literal["", "null-rows", "outside", "twice", "extra", "unnamed", "other-report"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """How `createSession` behaves beyond its type, which is a slot of the schema.

    `wrong` is the answer to a wrong password. `is_down` fails each sign-in before it runs.
    """

    wrong: Literal["error", "null-token", "null", "status-401", "html-401", "status-403"] = "error"
    wants_operation_name: bool = False
    wants_variables: bool = False
    challenge_in_error: bool = False
    is_down: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """What HTTP does to an answer. `page` replaces answers by a login page or a redirect."""

    encoding: Encoding = ""
    content_type: str = ""
    charset: str = "utf-8"
    has_bom: bool = False
    has_length: bool = True
    page: Literal["", "login-page", "redirect"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A failure of the `at`-th request, counted from 1 and only those that hold `only`.

    With `at` 0 each of them fails.
    """

    kind: FaultKind
    at: int = 1
    only: str = "AnalyticsReport("


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One service. `slots` replaces pieces of the schema (`schema_text`), by name.

    `errors` is a name in `error_styles`; `shapes` replaces single shapes of that style.
    """

    name: str
    sentence: str = ""
    slots: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Values = Values()
    range: Range = Range()
    rows: Rows = Rows()
    errors: str = "apollo"
    shapes: Mapping[Event, ErrorShape] = field(default_factory=dict[Event, ErrorShape])
    sign_in: SignIn = SignIn()
    introspection: Introspection = "on"
    transport: Transport = Transport()
    faults: tuple[Fault, ...] = ()
