"""What the root fields of a variant do: those of the sandbox, asked and told in another way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, timedelta
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLUnionType,
    is_abstract_type,
)

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.reports import Row
from glomex_cli.sandbox.resolvers import Caller, Resolver, Resolvers, fields_selected
from glomex_cli.sandbox.sessions import Right
from glomex_cli.sandbox.variants.arguments import sandbox_arguments
from glomex_cli.sandbox.variants.rows import missing_rows, names_of, page_of, written
from glomex_cli.sandbox.variants.variant import Variant

_ONE_DAY = timedelta(days=1)
_NULL_ROW = 3  # every third row is lost


@dataclass(frozen=True, slots=True)
class _Asker:
    """What the sandbox reads of graphql-core's info; a union, so that it gives challenges."""

    context: Caller
    return_type: Any = field(default_factory=lambda: GraphQLUnionType("Any", ()))
    field_nodes: Sequence[FieldNode] = ()
    fragments: Mapping[str, FragmentDefinitionNode] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class VariantResolvers:
    """The root fields of one variant. Tokens in `ended` are refused; `issued` are all given."""

    variant: Variant
    base: Resolvers
    issued: set[str] = field(default_factory=set[str])
    ended: set[str] = field(default_factory=set[str])

    def by_name(self) -> Mapping[str, Resolver]:
        """Map names of fields to what they do."""
        return {
            "createSession": self.create_session,
            "createMFASession": self.create_mfa_session,
            "contentOwnerAnalyticsReport": self.owner_report,
            "publisherAnalyticsReport": self.publisher_report,
        }

    def create_session(self, _source: object, info: Any, **arguments: object) -> Any:
        """Sign in, and answer in the shape that the schema has."""
        given = {name: str(value) for name, value in arguments.items()}
        try:
            found = self.base.create_session(None, _Asker(Caller(None, 0)), **given)
        except RefusedError:
            if self.variant.sign_in.wrong == "null-token":
                return {"__typename": "Session", "access_token": None}
            if self.variant.sign_in.wrong == "null":
                return None
            raise
        return self._kept(self._challenged(found, info))

    def create_mfa_session(self, _source: object, _info: Any, **arguments: object) -> Any:
        """Complete a sign-in."""
        return self._kept(self.base.create_mfa_session(None, _Asker(Caller(None, 0)), **arguments))

    def owner_report(self, _source: object, info: Any, **arguments: object) -> Any:
        """Return the rows a content owner may see."""
        return self._report(Right.CONTENT_OWNER, info, arguments)

    def publisher_report(self, _source: object, info: Any, **arguments: object) -> Any:
        """Return the rows a publisher may see."""
        return self._report(Right.PUBLISHER, info, arguments)

    def _challenged(self, found: dict[str, str], info: Any) -> dict[str, str]:
        if "challenge_session" not in found:
            return found
        if self.variant.sign_in.challenge_in_error:
            extensions = {"code": Refusal.MFA_REQUIRED.value, **found}
            raise GraphQLError("An MFA code is needed.", extensions=extensions)
        named = info.schema.get_type(str(info.return_type).rstrip("!"))
        if is_abstract_type(named) or "challenge_session" in named.fields:
            return {"mfa_required": "true", **found}
        raise RefusedError(Refusal.MFA_REQUIRED, "This login needs an MFA code.")

    def _kept(self, session: dict[str, str]) -> dict[str, str]:
        if token := session.get("access_token"):
            self.issued.add(token)
        return session

    def _report(self, right: Right, info: Any, arguments: Mapping[str, object]) -> Any:
        if (info.context.authorization or "").partition(" ")[2] in self.ended:
            raise RefusedError(Refusal.UNAUTHENTICATED, "The access token has expired.")
        asked = sandbox_arguments(
            arguments, right=right, rules=self.variant.range, now=self.base.now()
        )
        page = page_of(self._written(right, info, asked), arguments, self.variant.rows)
        # A list is written with its mark as the first letter, whether it may be null or not.
        return page["rows"] if str(info.return_type).startswith("[") else page

    def _written(self, right: Right, info: Any, asked: dict[str, object]) -> list[Any]:
        rows, values = self._rows(right, info, asked), self.variant.values
        cells = [written(row, values) for row in rows]
        gaps = self.variant.rows.gaps
        if gaps != "missing":
            last = min(date.fromisoformat(str(asked["to"])), self._today())
            _charge_gaps(info, rows, asked, last)
            empty = [
                written(row, values, empty=gaps == "null")
                for row in missing_rows(rows, asked, last)
            ]
            cells += empty
        return self._flawed(cells)

    def _rows(self, right: Right, info: Any, asked: dict[str, object]) -> list[Row]:
        if self.variant.rows.flaw == "outside" and "day" in names_of(asked.get("dimensions")):
            first = date.fromisoformat(str(asked["from"])) - _ONE_DAY
            asked = {**asked, "from": first.isoformat()}
        is_owner = right is Right.CONTENT_OWNER
        ask = self.base.content_owner_report if is_owner else self.base.publisher_report
        asker = _Asker(info.context, field_nodes=info.field_nodes, fragments=info.fragments)
        return [replace(row) for row in ask(None, asker, **asked)["rows"]]

    def _flawed(self, cells: list[dict[str, object]]) -> list[Any]:
        flaw = self.variant.rows.flaw
        if flaw == "null-rows":
            return [None if index % _NULL_ROW == 1 else row for index, row in enumerate(cells)]
        return [*cells, *cells[:1]] if flaw == "twice" else [*cells]

    def _today(self) -> date:
        return self.base.now().astimezone(UTC).date()


def _charge_gaps(info: Any, rows: Sequence[Row], asked: Mapping[str, object], last: date) -> None:
    """Take the work of rows for days without data: one for each label that there is, and day."""
    if "day" in names_of(asked.get("dimensions")):
        days = (last - date.fromisoformat(str(asked["from"]))).days + 1
        labels = {(row.video, row.channel, row.integration) for row in rows}
        added = max(0, days) * len(labels)
        info.context.charge_days(added)
        info.context.charge(added * fields_selected(info.field_nodes, info.fragments))
