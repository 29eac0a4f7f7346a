"""The sandbox's pages in a real Chromium: what is in sight, what runs, and how one signs in."""

import os
import re
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from glomex_cli.sandbox.app import create_app
from glomex_cli.sandbox.mux import app as mux_app
from glomex_cli.sandbox.server import SandboxServer, serve
from glomex_cli.sandbox.variants.app import create_variant_app
from glomex_cli.sandbox.variants.arguments import OFFERED
from support.fortnight import days_before
from support.servers.service import LOGIN, ROBOT, current_code

serve_mux = mux_app.serve
playwright = pytest.importorskip("playwright.sync_api", reason="needs the test extra's playwright")
expect = playwright.expect

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.process

WIDTHS = {360: 740, 1280: 720, 1920: 1080}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
# As the Web Content Accessibility Guidelines want it of text (1.4.3).
LEAST_CONTRAST = 4.5
BOX = "e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; }"
CONTRAST = """elements => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const light = (color) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    const color = e && getComputedStyle(e).backgroundColor;
    return !e ? "#fff" : color === "rgba(0, 0, 0, 0)" ? ground(e.parentElement) : color;
  };
  return elements.filter((e) => e.checkVisibility()).map((e) => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    return [e.tagName, (a + 0.05) / (b + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    home = {**os.environ, "HOME": str(tmp_path_factory.mktemp("home"))}
    with playwright.sync_playwright() as started:
        # A container's root may not have the namespaces that Chromium's own sandbox is made of.
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=home)
        yield opened
        opened.close()


@dataclass
class Opened:
    """A page, the server behind it, what was said on the console and which hosts were asked."""

    page: "Page"
    server: SandboxServer
    said: list[str] = field(default_factory=list[str])
    hosts: set[str] = field(default_factory=set[str])

    def box(self, selector: str) -> list[float]:
        found: list[float] = self.page.locator(selector).evaluate(BOX)
        return found

    def run_and_wait(self, status: str) -> str:
        """Run what is in the editor and return the answer, once the status is as told."""
        self.page.keyboard.press("Control+Enter")
        expect(self.page.locator("#status")).to_have_text(re.compile(status))
        return self.page.locator("#answer").inner_text()

    def sign_in(self, login: str) -> None:
        """Take the first step of a sign-in."""
        self.page.click("#sign-in")
        self.page.select_option("#login", login)
        self.page.click("#send")


class Opener:
    """Opens pages; closing it makes sure that the console stayed empty and no host was asked."""

    def __init__(self, browser: "Browser") -> None:
        self._browser = browser
        self._opened: list[Opened] = []

    def __call__(self, server: SandboxServer, path: str = "/v1", **context: Any) -> Opened:
        page = self._browser.new_context(**context).new_page()
        opened = Opened(page, server)
        page.on("console", lambda message: opened.said.append(message.text))
        page.on("pageerror", lambda error: opened.said.append(str(error)))
        page.on("request", lambda request: opened.hosts.add(request.url.split("/")[2]))
        page.goto(server.url.removesuffix("/v1") + path)
        self._opened.append(opened)
        return opened

    def close(self) -> None:
        for opened in self._opened:
            opened.page.context.close()
            assert opened.said == []
            assert opened.hosts == {opened.server.url.split("/")[2]}


@pytest.fixture
def opener(browser: "Browser") -> Generator[Opener]:
    made = Opener(browser)
    yield made
    made.close()


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with serve(create_app()) as running:
        yield running


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("is_mux", [False, True])
def test_editor_run_answer_and_documentation_are_in_sight_at_once(
    opener: Opener, *, width: int, scheme: str, is_mux: bool
) -> None:
    app: WSGIApplication = mux_app.create_app() if is_mux else create_app()
    with (serve_mux if is_mux else serve)(app) as running:
        size = {"width": width, "height": WIDTHS[width]}
        path = "/" if is_mux else "/v1"
        opened = opener(running, path, viewport=size, color_scheme=scheme)
        _check_boxes(opened, width)
        opened.run_and_wait("200 OK" if is_mux else "Error: No access token")
        _check_boxes(opened, width)
        texts = "h1, h2, h3, p, a, dt, dd, code, pre, textarea, select, button, #status"
        contrasts = opened.page.locator(texts).evaluate_all(CONTRAST)
    assert len(contrasts) > 20
    assert [pair for pair in contrasts if pair[1] < LEAST_CONTRAST] == []


def _check_boxes(opened: Opened, width: int) -> None:
    boxes = {name: opened.box(name) for name in ("#query", "#run", "#answer", "#documentation")}
    for left, top, right, bottom in boxes.values():
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= WIDTHS[width]
    for name in ("#query", "#answer", "#documentation"):
        left, top, right, bottom = boxes[name]
        assert right - left > 300
        assert bottom - top > 120
    pairs = [(a, b) for a in boxes.values() for b in boxes.values() if a is not b]
    assert not any(_overlap(a, b) for a, b in pairs)
    measured = "() => [document.body.scrollWidth, document.body.scrollHeight]"
    assert opened.page.evaluate(measured) == [width, WIDTHS[width]]


def _overlap(a: list[float], b: list[float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_small_screen_scrolls_instead_of_hiding_anything(
    opener: Opener, server: SandboxServer
) -> None:
    opened = opener(server, viewport={"width": 360, "height": 300})
    assert opened.box("#documentation")[3] > 500
    opened.page.locator("#documentation").scroll_into_view_if_needed()
    assert opened.box("#documentation")[1] < 300


def test_root_leads_to_the_page(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server, "/")
    assert opened.page.url == server.url
    assert opened.page.title() == "glomex sandbox"


def test_sign_in_with_mfa_by_keyboard_then_a_report(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server)
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(opened.page.locator("#send")).to_be_focused()
    opened.page.focus("#login")
    keyboard.type(LOGIN)
    opened.page.focus("#password")
    keyboard.press("Enter")
    expect(opened.page.locator("#code")).to_be_focused()
    keyboard.type("000000")
    keyboard.press("Enter")
    expect(opened.page.locator("#refusal")).to_have_text("Error: The MFA code is wrong.")
    opened.page.fill("#code", current_code())
    keyboard.press("Enter")
    expect(opened.page.locator("#dialog")).to_be_hidden()
    expect(opened.page.locator("#status")).to_have_text(f"Signed in as {LOGIN}")
    expect(opened.page.locator("#sign-in")).to_have_text(LOGIN)
    answer = opened.run_and_wait("200 OK")
    days = days_before(datetime.now(UTC).date(), 14)
    assert re.findall(r'"day": "(\S+)"', answer) == days
    assert answer.count('"video_views"') == len(days)


def test_page_fills_in_the_code_of_an_authenticator(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server)
    opened.sign_in(LOGIN)
    before = current_code()
    opened.page.click("#fill-in")
    expect(opened.page.locator("#code")).to_have_value(re.compile("[0-9]{6}"))
    assert opened.page.input_value("#code") in {before, current_code()}
    opened.page.click("#send")
    expect(opened.page.locator("#dialog")).to_be_hidden()


def test_wrong_password_is_said_and_escape_closes(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server)
    opened.page.click("#sign-in")
    opened.page.fill("#password", "wrong")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#refusal")).to_have_text("Error: Login or password is wrong.")
    opened.page.keyboard.press("Escape")
    expect(opened.page.locator("#dialog")).to_be_hidden()
    expect(opened.page.locator("#sign-in")).to_have_text("Sign in")


def test_too_many_wrong_codes_lead_back_to_the_first_step(
    opener: Opener, server: SandboxServer
) -> None:
    opened = opener(server)
    opened.sign_in(LOGIN)
    for _ in range(5):
        opened.page.fill("#code", "000000")
        with opened.page.expect_response("**/v1"):
            opened.page.keyboard.press("Enter")
        expect(opened.page.locator("#refusal")).to_have_text("Error: The MFA code is wrong.")
    opened.page.keyboard.press("Enter")
    expect(opened.page.locator("#refusal")).to_have_text(re.compile("^Error: Too many wrong codes"))
    expect(opened.page.locator("#password")).to_be_visible()
    opened.page.select_option("#login", ROBOT)
    opened.page.click("#send")
    expect(opened.page.locator("#dialog")).to_be_hidden()


def test_token_of_elsewhere_may_be_pasted(opener: Opener, server: SandboxServer) -> None:
    first, second = opener(server), opener(server)
    first.sign_in(ROBOT)
    expect(first.page.locator("#dialog")).to_be_hidden()
    second.page.click("#sign-in")
    second.page.fill("#token", first.page.input_value("#token"))
    second.page.keyboard.press("Enter")
    expect(second.page.locator("#sign-in")).to_have_text("Own token")
    assert '"rows"' in second.run_and_wait("200 OK")


def test_error_of_a_query_is_shown_with_its_place(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server)
    opened.page.fill("#query", "{ nonsense }")
    answer = opened.run_and_wait("^Error: Cannot query field 'nonsense'")
    assert '"GRAPHQL_VALIDATION_FAILED"' in answer
    assert "error" in (opened.page.get_attribute("#status", "class") or "")


def test_link_of_a_type_brings_its_documentation_into_sight(
    opener: Opener, server: SandboxServer
) -> None:
    opened = opener(server)
    assert opened.box("#PublisherRow")[1] > 1000
    opened.page.click('dl a[href="#PublisherAnalyticsReport"]')
    opened.page.click('#PublisherAnalyticsReport a[href="#PublisherRow"]')
    pane, section = opened.box("#documentation"), opened.box("#PublisherRow h3")
    assert pane[1] <= section[1] < section[3] <= pane[3]


def test_chosen_example_is_what_runs(opener: Opener, server: SandboxServer) -> None:
    opened = opener(server)
    opened.sign_in(ROBOT)
    expect(opened.page.locator("#dialog")).to_be_hidden()
    opened.page.select_option("#example", "By video: publisherAnalyticsReport")
    assert '"video_title"' in opened.run_and_wait("200 OK")
    opened.page.select_option("#example", "createSession")
    assert '"access_token"' in opened.run_and_wait("200 OK")


def test_sandbox_that_has_gone_is_said(opener: Opener) -> None:
    with serve(create_app()) as server:
        opened = opener(server)
    opened.run_and_wait("^Error: the sandbox does not answer. Is it still running?")
    (said,) = opened.said
    assert "ERR_CONNECTION_REFUSED" in said
    opened.said.clear()


@pytest.mark.parametrize("name", OFFERED)
def test_page_of_a_variant_signs_in_and_runs_its_examples(opener: Opener, name: str) -> None:
    with serve(create_variant_app(OFFERED[name])) as server:
        opened = opener(server, "/")
        assert opened.page.title() == f"glomex sandbox: {name}"
        opened.sign_in(LOGIN)
        opened.page.fill("#code", current_code())
        opened.page.click("#send")
        expect(opened.page.locator("#dialog")).to_be_hidden()
        assert '"video_views"' in opened.run_and_wait("200 OK")
        opened.page.fill("#query", "{ nonsense }")
        opened.run_and_wait("^Error: .*nonsense")
        # Chromium itself reports every status of a refusal, which some variants send.
        assert all("400 (Bad Request)" in each for each in opened.said)
        opened.said.clear()


def test_every_link_of_the_mux_page_is_answered(opener: Opener) -> None:
    with serve_mux(mux_app.create_app()) as server:
        opened = opener(server, "/")
        links = opened.page.locator("#documentation a")
        for index in range(links.count()):
            with opened.page.expect_response(lambda response: response.ok):
                links.nth(index).click()
            expect(opened.page.locator("#status")).to_have_text(re.compile("^200 OK"))
            assert '"data"' in opened.page.locator("#answer").inner_text()
        assert links.count() == 10
