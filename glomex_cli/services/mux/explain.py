"""Why a question was refused: a misspelt name, or a permission that the token lacks."""

from collections.abc import Generator
from contextlib import contextmanager

from glomex_cli.errors import GlomexError, InvalidQueryError, SignInError, UsageError
from glomex_cli.models import Json, ReportRequest, Secret
from glomex_cli.services.mux.client import MuxClient, NotFoundError
from glomex_cli.services.mux.metrics import MUX_METRICS, like_metric, parse_metric
from glomex_cli.services.mux.requests import WHOAMI
from glomex_cli.suggestions import quoted
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
        raise _misspelt(request) or error from None
    except InvalidQueryError as error:
        raise _misspelt(request) or error from None


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
            "make an access token with the permission Mux Data: Read",
        )


def owner_text(owner: dict[str, Json], name: str) -> str:
    """Return a text of the token's description, made safe to show; empty where it has none."""
    value = owner.get(name)
    return clip(value, _LONGEST_NAME) if isinstance(value, str) else ""


def _misspelt(request: ReportRequest) -> GlomexError | None:
    for name in request.metrics:
        ident = parse_metric(name).ident
        if ident not in MUX_METRICS:
            like = like_metric(ident)
            hint = f"did you mean -m {like}?" if like else "see them all: glomex schema"
            return UsageError(f"Mux Data has no metric {quoted(ident)}", hint)
    return None
