"""Sandboxes whose schema differs: the texts, and an app where `video` is an object in a row."""

from importlib import resources
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from graphql import GraphQLObjectType

from glomex_cli.sandbox.app import SandboxOptions, utc_now
from glomex_cli.sandbox.execution import Executor
from glomex_cli.sandbox.metrics import videos
from glomex_cli.sandbox.request import read_request
from glomex_cli.sandbox.resolvers import Resolvers
from glomex_cli.sandbox.response import GRAPHQL_JSON, answer_reply, send

OWN = resources.files("glomex_cli.sandbox").joinpath("schema.graphql").read_text("utf-8")
# The metric that everybody is asked for is gone from both rows, and there is a new one.
WITHOUT_IMPRESSIONS = OWN.replace("  ad_impressions: Int\n", "  ad_impression_count: Int\n")
RENAMED = (
    OWN.replace("ContentOwnerDimension", "CODim")
    .replace("PublisherDimension", "PDim")
    .replace("ContentOwnerRow", "Line")
    .replace("PublisherFilters", "Narrow")
)
OBJECTS = OWN.replace('  video: String\n  "The title', '  video: Video\n  "The title') + (
    "\ntype Video { title: String id: ID! owner: Owner }\ntype Owner { name: String }\n"
)
TITLES = {video.ident: video.title for video in videos()}


def object_app() -> WSGIApplication:
    """Make a sandbox where the field `video` of a row is an object with title and id."""
    options = SandboxOptions(schema_text=OBJECTS)
    executor = Executor(Resolvers(options, utc_now))
    video = executor.schema.get_type("Video")
    assert isinstance(video, GraphQLObjectType)
    video.fields["id"].resolve = _ident
    video.fields["title"].resolve = _title

    def app(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        request = read_request(environ)
        answer = executor.answer(request, authorization=environ.get("HTTP_AUTHORIZATION"))
        return send(
            answer_reply(answer, GRAPHQL_JSON), environ, start, now=utc_now(), compress=False
        )

    return app


def _ident(ident: str, _info: object) -> str:
    return ident


def _title(ident: str, _info: object) -> str | None:
    return TITLES.get(ident)
