"""Why a question was refused: a misspelt name, or a permission that the token lacks."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress

from glomex_cli.dates.buckets import bucket_in
from glomex_cli.errors import GlomexError, InvalidQueryError, SignInError, UsageError
from glomex_cli.models import Filter, Json, ReportRequest, Secret
from glomex_cli.services.mux.client import MuxClient, NotFoundError
from glomex_cli.services.mux.metrics import ALIASES, MUX_METRICS, parse_metric
from glomex_cli.services.mux.requests import DIMENSIONS, METRIC_OPERATORS, WHOAMI
from glomex_cli.suggestions import closest, quoted
from glomex_cli.terminal.sanitize import clip

DATA_READ = "data:read"
_LONGEST_NAME = 80


@contextmanager
def explained(client: MuxClient, token: Secret, request: ReportRequest) -> Generator[None]:
    """Raise what a refusal in the block means.

    A missing permission is answered like a path that does not exist; the token's own
    description tells them apart.
    """
    try:
        yield
    except NotFoundError as error:
        refuse_unpermitted(owner_of(client, token), client.host)
        raise _misspelt_metric(request) or error from None
    except InvalidQueryError as error:
        failure = _misspelt_metric(request) or misspelt_dimension(client, token, _names(request))
        raise failure or error from None


def listed_dimensions(body: dict[str, Json]) -> list[str]:
    """Return the names in an answer that lists the dimensions by groups, basic and advanced."""
    groups = body.get("data")
    if not isinstance(groups, dict):
        return []
    return [
        name
        for group in groups.values()
        if isinstance(group, list)
        for name in group
        if isinstance(name, str)
    ]


def owner_of(client: MuxClient, token: Secret) -> dict[str, Json]:
    """Fetch what the service says of a token: environment, organization and permissions."""
    data = client.get(WHOAMI, token).get("data")
    return data if isinstance(data, dict) else {}


def refuse_unpermitted(owner: dict[str, Json], host: str) -> None:
    """Raise SignInError for a token without the permission to read data."""
    permissions = owner.get("permissions")
    if isinstance(permissions, list) and DATA_READ not in permissions:
        raise SignInError(
            f"this token may not read Mux Data at {host}: it lacks {DATA_READ}",
            "create an access token with the permission Mux Data: Read",
        )


def owner_text(owner: dict[str, Json], name: str) -> str:
    """Return a text of the token's description, made safe to show; empty where it has none."""
    value = owner.get(name)
    return clip(value, _LONGEST_NAME) if isinstance(value, str) else ""


def _misspelt_metric(request: ReportRequest) -> GlomexError | None:
    asked = {parse_metric(name).ident: "-m " for name in request.metrics}
    asked |= {each.name: "--filter " for each in request.filters if _is_on_metric(each)}
    for ident, option in asked.items():
        if ident not in MUX_METRICS:
            like = closest(ident, [*MUX_METRICS, *ALIASES])
            hint = f"did you mean {option}{like}?" if like else "see them all: glomex schema"
            return UsageError(f"Mux Data has no metric {quoted(ident)}", hint)
    return None


def _is_on_metric(one: Filter) -> bool:
    return one.op in METRIC_OPERATORS


def misspelt_dimension(
    client: MuxClient, token: Secret, names: Mapping[str, str]
) -> GlomexError | None:
    """Return what a refusal means if one of the dimensions in `names` is not the account's.

    `names` maps each to how it is typed, such as `-d country`. The account's are asked for;
    where they are not told, nothing is known.
    """
    known: list[str] = []
    with suppress(GlomexError):
        known = listed_dimensions(client.get(DIMENSIONS, token))
    for name, option in names.items():
        if known and name not in known:
            like = closest(name, known)
            hint = f"did you mean {option}{like}?" if like else "see them all: glomex schema"
            return UsageError(f"Mux Data has no dimension {quoted(name)}", hint)
    return None


def _names(request: ReportRequest) -> dict[str, str]:
    bucket = bucket_in(request.dimensions)
    filters = {each.name: "--filter " for each in request.filters if not _is_on_metric(each)}
    return filters | {name: "-d " for name in request.dimensions if name != bucket}
