"""Reports asked of a sandbox in this process, with nothing between it and the service."""

from collections.abc import Callable
from functools import cache, partial

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import SANDBOX, parse_endpoint
from glomex_cli.http.client import HttpClient
from glomex_cli.models import Report, ReportRequest, Secret
from glomex_cli.sandbox.app import SandboxOptions, create_app
from glomex_cli.services.glomex.service import GlomexService
from glomex_cli.services.graphql.client import GraphQLClient
from support.servers.sandbox_client import Clock, SandboxClient

TOKEN = SandboxClient().token()


@cache
def asking(*, exclusive_to: bool) -> Callable[[ReportRequest], Report]:
    """Return what asks a sandbox in this process that reads `to` so; its clock stands still."""
    clock = Clock()
    app = create_app(SandboxOptions(exclusive_to=exclusive_to), clock)
    http = HttpClient(parse_endpoint(SANDBOX), app=app)
    service = GlomexService(GraphQLClient(http, Deadline(600)), clock)
    return partial(service.report, token=Secret(TOKEN))
