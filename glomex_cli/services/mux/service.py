"""The Mux Data service: tokens instead of a sign-in, its schema, values, and paths by hand."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from glomex_cli.auth.session import TOKEN_ID, TOKEN_SECRET, access_token
from glomex_cli.errors import (
    CredentialsRefusedError,
    InvalidQueryError,
    ServiceError,
    SessionExpiredError,
    SignInError,
    UsageError,
)
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
from glomex_cli.metrics import MetricKind
from glomex_cli.models import (
    Bucket,
    Cell,
    Column,
    Json,
    Report,
    ReportKind,
    ReportSchema,
    Role,
    Row,
    Schema,
    Secret,
    Span,
)
from glomex_cli.services.mux.client import MUX_LANGUAGE, MuxClient
from glomex_cli.services.mux.explain import (
    listed_dimensions,
    misspelt_dimension,
    owner_of,
    owner_text,
    refuse_unpermitted,
)
from glomex_cli.services.mux.metrics import MUX_DEFAULT_METRICS, MUX_METRICS, kind_of_mux
from glomex_cli.services.mux.reports import MuxReports
from glomex_cli.services.mux.requests import (
    DIMENSIONS,
    PAGE,
    WHOAMI,
    parse_questions,
    values_question,
)
from glomex_cli.services.mux.rows import row_count
from glomex_cli.services.mux.timeframes import timeframe_of
from glomex_cli.services.normalize import normalize_cell

MUX_BUCKETS = (
    Bucket.MINUTE,
    Bucket.TEN_MINUTES,
    Bucket.HOUR,
    Bucket.DAY,
    Bucket.WEEK,
    Bucket.MONTH,
)
# Those that the documents call basic, for accounts whose list cannot be fetched.
_BASIC = (
    "asset_id", "browser", "cdn", "continent_code", "country", "live_stream_id",
    "operating_system", "player_name", "player_software", "source_type", "stream_type", "video_id",
    "video_series", "video_title", "viewer_device_category", "viewer_device_name",
)  # fmt: skip
_WEEK = timedelta(days=7)
_MOST_PAGES = 100


def mux_schema(dimensions: Iterable[str]) -> Schema:
    """Return the schema with these dimensions; each of them can be filtered by."""
    names = tuple(dict.fromkeys(dimensions))
    return Schema(
        {
            ReportKind.DATA: ReportSchema(
                dimensions=(*names, *MUX_BUCKETS),
                metrics={
                    name: f"{each.unit}, {each.default}" for name, each in MUX_METRICS.items()
                },
                filters=dict.fromkeys(names, "text"),
                kinds={name: kind_of_mux(name) for name in MUX_METRICS},
            )
        }
    )


MUX_DOCUMENTED = mux_schema(_BASIC)


def fetch_values(client: MuxClient, dimension: str, token: Secret, now: datetime) -> Report:
    """Fetch the values that a dimension had, most views first, as the service orders them.

    At most 10,000 are read. Raises InvalidQueryError for a dimension that there is not.
    """
    within = timeframe_of(Span(now - _WEEK, now), Bucket.HOUR)
    rows: list[Row] = []
    for page in range(1, _MOST_PAGES + 1):
        body = client.get(values_question(dimension, within, page=page), token)
        found = [_row(entry, dimension) for entry in _entries(body)]
        rows += found
        count = row_count(body)
        if len(found) < PAGE if count is None else page * PAGE >= count:
            break
    columns = (
        Column(dimension, Role.DIMENSION),
        Column("views", Role.METRIC, kind=kind_of_mux("views")),
    )
    return Report(columns, rows)


def _entries(body: dict[str, Json]) -> list[Json]:
    data = body.get("data")
    if not isinstance(data, list):
        raise ServiceError("Mux Data sent rows in an unknown format", "try again later")
    return data


def _row(entry: Json, dimension: str) -> Row:
    fields = entry if isinstance(entry, dict) else {}
    value, views = fields.get("value"), fields.get("total_count")
    return {
        dimension: value if isinstance(value, str) else None,
        "views": None if isinstance(views, (dict, list)) else _number(views),
    }


def _number(cell: Cell) -> Cell:
    return normalize_cell(cell, Role.METRIC)


class MuxService(MuxReports):
    """Implements `Service` over paths: reports are inherited, sign-in and schema are here."""

    title = "Mux Data"
    fields = (
        Field("token_id", "Token id", "--token-id", TOKEN_ID),
        Field("secret", "Token secret", "--secret-stdin", TOKEN_SECRET, secret=True),
    )
    renews = False
    knows_names = False
    has_wholes = True
    default_metrics = MUX_DEFAULT_METRICS
    documented = MUX_DOCUMENTED
    buckets = MUX_BUCKETS
    zone = UTC

    def __init__(
        self,
        client: MuxClient,
        now: Callable[[], datetime],
        learn: Callable[[Schema], None] = lambda _: None,
    ) -> None:
        """Ask through `client`; `learn` keeps a schema for the commands that follow."""
        super().__init__(client, now)
        self._learn = learn

    def ping(self, seconds: float) -> Contact:
        """Ask who is asking, without a token; a refusal is an answer."""
        head = self._client.head(WHOAMI, seconds)
        failure = failure_of_head(head, self._client.host, language=MUX_LANGUAGE)
        return Contact(failure, head.headers.get("date", ""))

    def introduce(self, who: Identity) -> str:
        """Return the environment and the token."""
        return f", {who.group}, token {who.name}, read only"

    def open_session(self, credentials: Credentials) -> Session:
        """Return the token that id and secret are, once the service has said whose it is."""
        ident, secret = credentials.values["token_id"], credentials.secrets["secret"].reveal()
        token = access_token(f"{ident}:{secret}", source="this id and secret")
        try:
            owner = owner_of(self._client, token)
        except SessionExpiredError:
            raise CredentialsRefusedError(
                f"{self._client.host} refused this token id and secret",
                "check both; create them in the Mux dashboard: Settings, Access Tokens",
            ) from None
        refuse_unpermitted(owner, self._client.host)
        return Session(token, None, Identity(ident, _environment(owner)))

    def answer_challenge(self, challenge: Challenge, code: str) -> Session:
        """Refuse: this service asks for no code."""
        del challenge, code
        raise SignInError("Mux uses no MFA code", "glomex login --service mux")

    def metric_kind(self, name: str) -> MetricKind:
        """Return what a metric is by the documents of the service, else by its name."""
        return kind_of_mux(name)

    def schema(self, token: Secret | None) -> Schema | None:
        """Fetch the dimensions of the account; the metrics are those of the documents."""
        if token is None:
            return None
        names = listed_dimensions(self._client.get(DIMENSIONS, token))
        if not names:
            return None
        schema = mux_schema(names)
        self._learn(schema)
        return schema

    def values(self, dimension: str, token: Secret) -> Report:
        """Fetch the values that a dimension had in the last week, most views first."""
        try:
            return fetch_values(self._client, dimension, token, self._now())
        except InvalidQueryError as error:
            names = {dimension: "glomex schema "}
            raise misspelt_dimension(self._client, token, names) or error from None

    def operation(self, text: str, named: str | None) -> None:
        """Refuse a name: paths have no operations."""
        del text
        if named is not None:
            raise UsageError("a path of Mux has no operations", "leave --operation out")

    def query(
        self, text: str, variables: dict[str, Json], token: Secret, *, operation: str | None = None
    ) -> RawAnswer:
        """Ask for the paths in `text`, one a line; return the answer, or a list of several."""
        del operation
        questions = parse_questions(text, variables)
        bodies = [self._client.get_raw(question, token) for question in questions]
        return RawAnswer(bodies[0] if len(bodies) == 1 else bodies, [], None)

    def is_query(self, text: str) -> bool:
        """Return whether `text` is a path of the API, not the name of a file that holds some."""
        return text.startswith("/") or "://" in text


def _environment(owner: dict[str, Json]) -> str:
    environment = owner_text(owner, "environment_name") or "unknown"
    organization = owner_text(owner, "organization_name")
    return f"environment {environment}{f' of {organization}' if organization else ''}"
