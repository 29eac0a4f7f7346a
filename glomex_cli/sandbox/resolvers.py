"""What each field of Query and Mutation does. A thin layer: it checks the account and passes on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    Node,
    get_named_type,
    is_abstract_type,
)

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.arguments import read_question
from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.reports import Row, report_rows, video_days
from glomex_cli.sandbox.sessions import (
    Account,
    CodeChecker,
    Purpose,
    Right,
    account_of,
    open_account,
    read_token,
    sign_token,
)

Resolver = Callable[..., object]
WORK_OF_A_DAY = 6  # of one video: to add it up takes as long as to write so many fields


@dataclass(slots=True)
class Caller:
    """The sender of one request: its Authorization header, and the work it may still cause."""

    authorization: str | None
    work_left: int

    def charge(self, work: int) -> None:
        """Take some of the work that is left, or raise RefusedError."""
        if work > self.work_left:
            raise RefusedError(
                Refusal.BAD_USER_INPUT,
                "The request asks for too much: ask for fewer days, fields or reports at once.",
            )
        self.work_left -= work

    def charge_days(self, days: int) -> None:
        """Take the work of adding up so many days, each of one video, or raise RefusedError."""
        self.charge(WORK_OF_A_DAY * days)


class Info(Protocol):
    """What resolvers read of graphql-core's `GraphQLResolveInfo`, generic only since 3.3."""

    @property
    def context(self) -> Caller:
        """The sender of the request."""
        ...

    @property
    def field_nodes(self) -> Sequence[FieldNode]:
        """The field, as often as the document has it under this name."""
        ...

    @property
    def fragments(self) -> Mapping[str, FragmentDefinitionNode]:
        """The fragments of the document, by name."""
        ...

    @property
    def return_type(self) -> Any:
        """The type of the field."""
        ...


@dataclass(frozen=True, slots=True)
class Resolvers:
    """The fields, bound to one sandbox's options, clock and memory of used codes."""

    options: SandboxOptions
    now: Callable[[], datetime]
    codes: CodeChecker = field(default_factory=CodeChecker)

    def by_name(self) -> Mapping[str, Resolver]:
        """Map names of fields, as the documentation spells them, to what they do."""
        return {
            "createSession": self.create_session,
            "createMFASession": self.create_mfa_session,
            "contentOwnerAnalyticsReport": self.content_owner_report,
            "publisherAnalyticsReport": self.publisher_report,
        }

    def create_session(self, _source: object, info: Info, **arguments: object) -> dict[str, str]:
        """Return a session, or a challenge for an account with a TOTP seed."""
        login, password, tenant = _texts(arguments, "login", "password", "tenantId")
        account = open_account(login, password=password, tenant=tenant)
        if account.totp_seed is None:
            return self._session(account)
        if not is_abstract_type(get_named_type(info.return_type)):
            raise RefusedError(Refusal.MFA_REQUIRED, "This login needs an MFA code.")
        challenge = sign_token(
            account, Purpose.CHALLENGE, life_s=self.options.challenge_life_s, now=self.now()
        )
        return {"__typename": "SessionChallenge", "challenge_session": challenge}

    def create_mfa_session(
        self, _source: object, _info: Info, **arguments: object
    ) -> dict[str, str]:
        """Return a session for a challenge and a right code."""
        code, email, challenge = _texts(arguments, "mfa_code", "email", "challenge")
        claims = read_token(challenge, Purpose.CHALLENGE)
        account = account_of(claims.login) if claims else None
        if claims is None or account is None or account.totp_seed is None:
            raise RefusedError(Refusal.CHALLENGE_INVALID, "The challenge is not valid.")
        if account_of(email) is not account:
            raise RefusedError(
                Refusal.CHALLENGE_INVALID, "The challenge was given to another login."
            )
        self.codes.redeem(claims, code, seed=account.totp_seed, now=self.now())
        return self._session(account)

    def content_owner_report(
        self, _source: object, info: Info, **arguments: object
    ) -> dict[str, list[Row]]:
        """Return the rows a content owner may see."""
        return self._report(Right.CONTENT_OWNER, info, arguments)

    def publisher_report(
        self, _source: object, info: Info, **arguments: object
    ) -> dict[str, list[Row]]:
        """Return the rows a publisher may see."""
        return self._report(Right.PUBLISHER, info, arguments)

    def _report(
        self, right: Right, info: Info, arguments: Mapping[str, object]
    ) -> dict[str, list[Row]]:
        now, caller = self.now(), info.context
        if right not in _visitor(caller.authorization, now).rights:
            raise RefusedError(Refusal.FORBIDDEN, f"This login may not see {right.value}.")
        question = read_question(right, arguments, exclusive_to=self.options.exclusive_to)
        caller.charge_days(video_days(question, now=now))
        rows = report_rows(question, now=now)
        caller.charge(len(rows) * fields_selected(info.field_nodes, info.fragments))
        return {"rows": rows}

    def _session(self, account: Account) -> dict[str, str]:
        token = sign_token(
            account, Purpose.SESSION, life_s=self.options.token_life_s, now=self.now()
        )
        return {"__typename": "Session", "access_token": token}


def _visitor(authorization: str | None, now: datetime) -> Account:
    """Return the account of the token that was sent, or raise RefusedError."""
    if not authorization:
        raise RefusedError(
            Refusal.UNAUTHENTICATED,
            "No access token: send the header Authorization: Bearer <access_token>.",
        )
    scheme, _, token = authorization.partition(" ")
    claims = read_token(token.strip(), Purpose.SESSION) if scheme.lower() == "bearer" else None
    account = account_of(claims.login) if claims else None
    if claims is None or account is None:
        raise RefusedError(Refusal.UNAUTHENTICATED, "The access token is not valid.")
    if claims.is_expired(now):
        raise RefusedError(Refusal.UNAUTHENTICATED, "The access token has expired.")
    return account


def _texts(arguments: Mapping[str, object], *names: str) -> list[str]:
    """Return these arguments as text; one that is missing or not text is empty."""
    values = [arguments.get(name) for name in names]
    return [value if isinstance(value, str) else "" for value in values]


def fields_selected(nodes: Iterable[Node], fragments: Mapping[str, FragmentDefinitionNode]) -> int:
    """Count the fields without fields of their own, those of fragments at each of their places."""
    known: dict[str, int] = {}

    def count(node: Any) -> int:
        if not isinstance(node, FragmentSpreadNode):
            return sum(map(count, node.selection_set.selections)) if node.selection_set else 1
        name = node.name.value
        if name not in known:
            known[name] = count(fragments[name])
        return known[name]

    return sum(map(count, nodes))
