"""The sandbox's page for browsers: it documents the schema, loads nothing and repeats nobody."""

import base64
import hashlib
import json
import re

import pytest

from glomex_cli.sandbox.app import SandboxOptions
from glomex_cli.sandbox.sessions import ROBOT_LOGIN, SANDBOX_PASSWORD, SANDBOX_TENANT
from support.servers.sandbox_client import SandboxClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def page(client: SandboxClient, query: str = "") -> str:
    response = client.http.get(f"/v1{query}", headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    return response.text


@pytest.mark.parametrize(
    "words",
    [
        "glomex sandbox",
        "its figures are made up",
        f'login: \\"{ROBOT_LOGIN}\\"',
        f'password: \\"{SANDBOX_PASSWORD}\\"',
        f'tenantId: \\"{SANDBOX_TENANT}\\"',
        '<section class="type" id="ContentOwnerAnalyticsReport">',
        '<section class="type" id="SessionChallenge">',
        '<section class="type" id="PublisherFilters">',
        '<code>dimensions: [<a href="#ContentOwnerDimension">ContentOwnerDimension</a>!]!</code>',
        "<code>mfa_code: String!</code>",
        "Time bucket: an ISO week, <code>2025-W23</code>, from Monday to Sunday.",
        "Impressions per request, from 0 to 1. Null without requests.",
    ],
)
def test_page_documents_the_schema(words: str) -> None:
    assert words in page(SandboxClient())


def test_page_loads_nothing_from_elsewhere() -> None:
    text = page(SandboxClient())
    assert not re.search(r"src\s*=|@import|url\(|https?:", text)
    assert set(re.findall(r'href="(.)', text)) == {"#", "d"}
    assert re.findall(r'href="d[^"]*', text) == ['href="data:,']
    assert text.count("<script>") == text.count("<style>") == 1
    assert "innerHTML" not in text


def test_page_may_run_its_own_script_and_nothing_else() -> None:
    client = SandboxClient()
    policy = client.http.get("/v1", headers=BROWSER).headers["Content-Security-Policy"]
    (script,) = re.findall("<script>(.*?)</script>", page(client), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_page_holds_nothing_of_the_request() -> None:
    client = SandboxClient()
    client.http.headers["X-Canary"] = "<canary>"
    assert page(client, "?query=<canary>&token=canary") == page(SandboxClient())


def test_page_links_every_type_and_only_to_types_it_documents() -> None:
    text = page(SandboxClient())
    documented = re.findall('<section class="type" id="([^"]+)">', text)
    assert list(dict.fromkeys(re.findall('href="#([^"]+)"', text))) == documented


def test_page_has_an_example_of_every_root_field_that_the_service_takes() -> None:
    client = SandboxClient()
    (data,) = re.findall('<script type="application/json" id="data">(.*?)</script>', page(client))
    examples = json.loads(data)["examples"]
    assert [*examples] == [
        "By day: contentOwnerAnalyticsReport",
        "By video: contentOwnerAnalyticsReport",
        "By day: publisherAnalyticsReport",
        "By video: publisherAnalyticsReport",
        "createSession",
        "createMFASession",
    ]
    for example in examples.values():
        answer = client.ask(
            example.replace("{two weeks ago}", "2026-11-09").replace("{yesterday}", "2026-11-22"),
            token=client.token(),
        )
        codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
        assert codes == (["CHALLENGE_INVALID"] if "createMFASession" in example else [])


def test_page_shows_every_kind_of_type_and_escapes_their_words() -> None:
    schema = """
    "<b>bold</b> & <!-- documentation -->"
    scalar Date
    interface Node { id: ID! }
    union Any = Query
    type Query implements Node { id: ID!, "</script><script>alert(1)</script>" day: Date }
    """
    text = page(SandboxClient(SandboxOptions(schema_text=schema)))
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; &lt;!-- documentation --&gt;" in text
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in text
    assert all(f' id="{name}">' in text for name in ("Date", "Node", "Any", "Query"))
