"""The Glomex service: sign-in with or without MFA, and queries of a person's own."""

from collections.abc import Callable
from datetime import datetime

from glomex_cli.concurrency import Deadline
from glomex_cli.http.status import failure_of_head
from glomex_cli.interfaces import (
    Challenge,
    Contact,
    Credentials,
    Field,
    Identity,
    RawAnswer,
    Session,
)
from glomex_cli.models import Bucket, Json, Report, Secret
from glomex_cli.services.cache import Cache
from glomex_cli.services.glomex import queries
from glomex_cli.services.glomex.reports import GlomexReports
from glomex_cli.services.glomex.schema import DOCUMENTED
from glomex_cli.services.glomex.sign_in import SignInForms
from glomex_cli.services.graphql.client import LANGUAGE, Document, GraphQLClient
from glomex_cli.services.graphql.introspection import chosen_operation
from glomex_cli.services.graphql.response import failure_of, problem_of

# The two metrics that docs.glomex.com names.
DEFAULT_METRICS = ("video_views", "ad_impressions")


class GlomexService(GlomexReports):
    """Implements `Service` over GraphQL; reports and schema are inherited."""

    fields = (
        Field("login", "Email", "--login", "GLOMEX_LOGIN"),
        Field("tenant", "Tenant", "--tenant", "GLOMEX_TENANT"),
        Field("password", "Password", "--password-stdin", "GLOMEX_PASSWORD", secret=True),
    )
    renews = True
    knows_names = True
    has_wholes = False
    default_metrics = DEFAULT_METRICS
    title = "Glomex"
    buckets = (Bucket.DAY, Bucket.WEEK, Bucket.MONTH)
    zone = None
    documented = DOCUMENTED

    def __init__(
        self, client: GraphQLClient, now: Callable[[], datetime], cache: Cache | None = None
    ) -> None:
        """Send through `client`; without a `cache`, what is learned is forgotten at the end."""
        super().__init__(client, cache or Cache(None, now))
        self._forms = SignInForms(client, now)

    def ping(self, seconds: float) -> Contact:
        """Ask for the name of the query type, which needs no session."""
        caller = self._client.within(Deadline(seconds))
        head = caller.head(Document("__typename", "{ __typename }"))
        failure = failure_of_head(head, self._client.endpoint.host, language=LANGUAGE)
        return Contact(failure, head.headers.get("date", ""))

    def introduce(self, who: Identity) -> str:
        """Return the login; the tenant is known to who typed it."""
        return f" as {who.name}"

    def open_session(self, credentials: Credentials) -> Session | Challenge:
        """Sign in; SignInError where the service refuses who does."""
        return self._forms.open_session(credentials)

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Send `code` once; what the service says decides whether another may follow."""
        return self._forms.answer_challenge(challenge, code)

    def query(
        self, text: str, variables: dict[str, Json], token: Secret, *, operation: str | None = None
    ) -> RawAnswer:
        """Send a document as it is; raise only failures of HTTP and of the session."""
        answer = self._client.execute(queries.custom(text, variables, operation), token)
        if answer.is_expired:
            raise failure_of(answer, "the query")
        failure = failure_of(answer, "the query") if answer.data is None else None
        return RawAnswer(answer.body, [problem_of(error) for error in answer.errors], failure)

    def values(self, dimension: str, token: Secret) -> Report | None:
        """Return None: the API lists no values but in reports."""
        del dimension, token
        return None

    def is_query(self, text: str) -> bool:
        """Return whether `text` is a document: each holds a brace."""
        return "{" in text

    def operation(self, text: str, named: str | None) -> str | None:
        """Return the operation that runs where a document holds several."""
        return chosen_operation(text, named)
