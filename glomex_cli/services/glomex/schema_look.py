"""One look at the schema of an endpoint, before its first report; afterwards it is remembered."""

from threading import RLock

from glomex_cli.errors import ServiceError, SessionExpiredError, UnavailableError
from glomex_cli.models import Schema, Secret
from glomex_cli.services.cache import Cache
from glomex_cli.services.graphql.client import GraphQLClient
from glomex_cli.services.graphql.response import Answer, failure_of

_TRIES = 2  # one failure of the service for a moment shall not cut the rows of a day


class SchemaLook:
    """Asks for the schema, and keeps it, or that it is refused."""

    def __init__(self, client: GraphQLClient, cache: Cache) -> None:
        self._client = client
        self._cache = cache
        self._lock = RLock()
        self._is_refused = False

    def once(self, token: Secret) -> None:
        """Look where nothing is known yet.

        Whether the session has ended, or only the look is refused, the report has to tell: a
        failure counts as a refusal once that has `confirm`ed it.
        """
        with self._lock:
            if not self._cache.wants_schema:
                return
            try:
                self.ask(token)
            except UnavailableError:
                raise
            except (SessionExpiredError, ServiceError):
                self._is_refused = True

    def again(self, token: Secret) -> None:
        """Look where that was not done in this run."""
        with self._lock:
            if not self._cache.is_looked_at:
                self.ask(token)

    def confirm(self) -> None:
        """Keep a refusal: the same session was good for a report."""
        if self._is_refused:
            self._is_refused = False
            self._cache.learn_refusal()

    def ask(self, token: Secret | None) -> Schema | None:
        """Fetch the schema and keep it; None where it is refused, or not told whole."""
        self._is_refused = False
        try:
            schema = self._asked(token)
        except ServiceError:
            self._cache.is_looked_at = True
            raise
        self._cache.is_looked_at = True
        if schema is None:
            self._cache.learn_refusal()
        return schema

    def _asked(self, token: Secret | None) -> Schema | None:
        from glomex_cli.services.glomex.schema import schema_of, shapes_of
        from glomex_cli.services.graphql.introspection import ask_types

        for _ in range(_TRIES):
            answer, types = ask_types(self._client, token)
            if answer.is_expired:
                raise failure_of(answer, "the schema")
            schema = schema_of(types) if types else None
            if types and schema:
                self._cache.learn_schema(schema, shapes_of(types, schema))
                return schema
            if not _may_be_whole_later(answer):
                break
        return None


def _may_be_whole_later(answer: Answer) -> bool:
    """Return whether an answer is a failure, not a refusal: broken, empty or partial."""
    is_partial = answer.data is not None and bool(answer.errors)
    is_empty = answer.data is None and not answer.errors
    return is_partial or is_empty or (answer.has_failed and not answer.is_invalid)
