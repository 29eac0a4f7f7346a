"""Whatever JSON a service answers, it becomes a result or a failure that is explained."""

import json
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

from hypothesis import example, given, settings
from hypothesis import strategies as st

from glomex_cli.concurrency import Deadline
from glomex_cli.config.endpoint import SANDBOX, parse_endpoint
from glomex_cli.errors import GlomexError
from glomex_cli.http.client import HttpClient
from glomex_cli.services.glomex.service import GlomexService
from glomex_cli.services.graphql.client import GraphQLClient
from support.servers.network import CALLS, assert_silent, now

NAMES = st.sampled_from(
    ["data", "errors", "message", "path", "extensions", "code", "locations", "rows", "day",
     "contentOwnerAnalyticsReport", "createSession", "createMFASession", "access_token",
     "challenge_session", "__typename", "video_views"]
)  # fmt: skip
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["2025-06-01", "UNAUTHENTICATED", "FORBIDDEN", "e30.e30.x"])
)  # fmt: skip
ANSWERS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
LIKELY = st.fixed_dictionaries(
    {
        "data": st.dictionaries(NAMES, st.fixed_dictionaries({"rows": st.lists(ANSWERS)})),
        "errors": st.lists(st.fixed_dictionaries({"message": SCALARS, "path": ANSWERS})),
    }
)


def service_that_answers(answer: object, *, status: int) -> GlomexService:
    """Return a service that gets the same answer to everything."""

    def app(_: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        start(f"{status} Something", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    return GlomexService(
        GraphQLClient(HttpClient(parse_endpoint(SANDBOX), app=app), Deadline(5)), now
    )


@settings(max_examples=60)
@given(answer=ANSWERS | LIKELY, status=st.sampled_from([200, 294, 400, 500]))
@example(answer={"data": {"contentOwnerAnalyticsReport": {"rows": [{"day": {}}]}}}, status=200)
@example(answer={"data": {"contentOwnerAnalyticsReport": {"rows": [{"day": [1]}]}}}, status=200)
def test_any_answer_is_a_result_or_an_explained_failure(answer: object, status: int) -> None:
    asked = service_that_answers(answer, status=status)
    for call in CALLS:
        try:
            call(asked)
        except GlomexError as error:
            assert_silent(error)
