"""Query and plot Glomex video analytics; the command is `glomex`.

As a library: a client fetches reports with the session of the command line, and what it returns
can be written in every format, or drawn.

>>> from datetime import date
>>> from glomex_cli import Period, ReportKind, ReportRequest, open_client, sparkline
>>> client = open_client(endpoint="sandbox")
>>> days = Period(date(2025, 6, 1), date(2025, 6, 7))
>>> request = ReportRequest(ReportKind.CONTENT_OWNER, ("day",), ("video_views",), days)
>>> sparkline([row["video_views"] for row in client.report(request).rows])
'█▂▁▁▃▄▇'

Names are imported when they are first used: importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glomex_cli.charts.sparkline.lines import sparkline
    from glomex_cli.errors import (
        ChallengeEndedError as ChallengeEndedError,
    )
    from glomex_cli.errors import (
        CodeRefusedError as CodeRefusedError,
    )
    from glomex_cli.errors import (
        ConfigurationError as ConfigurationError,
    )
    from glomex_cli.errors import (
        CredentialsRefusedError as CredentialsRefusedError,
    )
    from glomex_cli.errors import (
        ExitCode as ExitCode,
    )
    from glomex_cli.errors import (
        GlomexError as GlomexError,
    )
    from glomex_cli.errors import (
        IncompleteError as IncompleteError,
    )
    from glomex_cli.errors import (
        InvalidQueryError as InvalidQueryError,
    )
    from glomex_cli.errors import (
        NetworkError as NetworkError,
    )
    from glomex_cli.errors import (
        NoRowsError as NoRowsError,
    )
    from glomex_cli.errors import (
        NotConnectedError as NotConnectedError,
    )
    from glomex_cli.errors import (
        RateLimitedError as RateLimitedError,
    )
    from glomex_cli.errors import (
        ServiceError as ServiceError,
    )
    from glomex_cli.errors import (
        SessionExpiredError as SessionExpiredError,
    )
    from glomex_cli.errors import (
        SignInError as SignInError,
    )
    from glomex_cli.errors import (
        StoreError as StoreError,
    )
    from glomex_cli.errors import (
        UnavailableError as UnavailableError,
    )
    from glomex_cli.errors import (
        UsageError as UsageError,
    )
    from glomex_cli.models import (
        Bucket as Bucket,
    )
    from glomex_cli.models import (
        Column as Column,
    )
    from glomex_cli.models import (
        Period as Period,
    )
    from glomex_cli.models import (
        Problem as Problem,
    )
    from glomex_cli.models import (
        Report as Report,
    )
    from glomex_cli.models import (
        ReportKind as ReportKind,
    )
    from glomex_cli.models import (
        ReportRequest as ReportRequest,
    )
    from glomex_cli.models import (
        Role as Role,
    )
    from glomex_cli.models import (
        Secret as Secret,
    )
    from glomex_cli.output.writer import (
        write_report as write_report,
    )
    from glomex_cli.services.client import (
        Client as Client,
    )
    from glomex_cli.services.client import (
        open_client as open_client,
    )

__version__ = "0.1.0"

_HOMES = {
    "charts.sparkline.lines": ("sparkline",),
    "errors": (
        "ChallengeEndedError",
        "CodeRefusedError",
        "ConfigurationError",
        "CredentialsRefusedError",
        "ExitCode",
        "GlomexError",
        "IncompleteError",
        "InvalidQueryError",
        "NetworkError",
        "NoRowsError",
        "NotConnectedError",
        "RateLimitedError",
        "ServiceError",
        "SessionExpiredError",
        "SignInError",
        "StoreError",
        "UnavailableError",
        "UsageError",
    ),
    "models": (
        "Bucket",
        "Column",
        "Period",
        "Problem",
        "Report",
        "ReportKind",
        "ReportRequest",
        "Role",
        "Secret",
    ),
    "output.writer": ("write_report",),
    "services.client": ("Client", "open_client"),
}
__all__ = [
    "Bucket",
    "ChallengeEndedError",
    "Client",
    "CodeRefusedError",
    "Column",
    "ConfigurationError",
    "CredentialsRefusedError",
    "ExitCode",
    "GlomexError",
    "IncompleteError",
    "InvalidQueryError",
    "NetworkError",
    "NoRowsError",
    "NotConnectedError",
    "Period",
    "Problem",
    "RateLimitedError",
    "Report",
    "ReportKind",
    "ReportRequest",
    "Role",
    "Secret",
    "ServiceError",
    "SessionExpiredError",
    "SignInError",
    "StoreError",
    "UnavailableError",
    "UsageError",
    "open_client",
    "sparkline",
    "write_report",
]


def __getattr__(name: str) -> object:
    """Import and return a public name (PEP 562)."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted({*globals(), *__all__})
