"""What only a real browser shows: the lock over a page, passkeys, the demo's buttons, words on every page."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from shouwang.config.environment import ROOT
from shouwang.core import clock
from shouwang.people import sessions, signing_in

pytestmark = [pytest.mark.browser, pytest.mark.committed]
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "一句话比一串符号好记"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """A test that fails says enough."""


def closing(application: Any) -> Any:
    """Each request has a thread here, and each thread a connection: closed when its answer is out."""

    def answer(environ: Any, start_response: Any) -> Iterator[bytes]:
        body = application(environ, start_response)
        try:
            yield from body
        finally:
            body.close()
            connections.close_all()

    return answer


@pytest.fixture
def address(world: Any) -> Iterator[str]:
    """http://localhost:… (a name, since passkeys are bound to one) where this process serves its pages."""
    server = make_server("127.0.0.1", 0, closing(get_wsgi_application()), server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)
    connections.close_all()


@pytest.fixture
def token(world: Any) -> str:
    """The cookie of 林正平 after both factors. Made before the browser starts: its loop forbids the database here."""
    signing_in.set_password(world.lin.person, PASSWORD, by=world.lin, at=clock.now())
    return sessions.open_session(world.lin.person, label="x", at=clock.now(), proven=True)[1]


@pytest.fixture
def page(address: str, token: str) -> Iterator[Any]:
    from playwright.sync_api import Error, sync_playwright

    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        except Error:
            pytest.skip("no Chromium on this machine")
        context = browser.new_context(locale="zh-CN", base_url=address)
        context.add_cookies([{"name": "sw_session", "value": token, "url": address}])
        yield context.new_page()
        browser.close()


def test_the_lock_lies_over_the_page_and_what_was_typed_stays(page):
    page.clock.install()
    page.goto("/people/invite/")
    page.get_by_label("姓名").fill("文静")

    page.clock.run_for(16 * 60_000)
    page.get_by_label("密码").fill("不对")
    page.get_by_role("button", name="解锁").click()
    page.get_by_text("登录名和密码对不上").first.wait_for()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="解锁").click()

    page.locator("dialog").wait_for(state="detached")
    assert page.get_by_label("姓名").input_value() == "文静"


def test_a_passkey_is_made_and_signs_in(page):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kind})

    page.goto("/people/set-up/")
    page.get_by_label("这台设备叫什么").fill("所长室")
    page.get_by_role("button", name="创建通行密钥").click()
    page.wait_for_url("**/people/me/")
    page.get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/people/sign-in/")
    page.get_by_role("button", name="用通行密钥").click()
    page.wait_for_url("**/desk/")

    page.goto("/people/me/")
    assert "所长室" in page.content()


PAGES = ("", "me/", "chain/", "policy/", "posts/new/", "invite/", "set-up/", "screens/", "workstations/")
DOORS = ("sign-in/", "me/password/")
READINGS = ({"theme": "light"}, {"theme": "dark"}, {"theme": "light", "reading": "elder"})


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, address):
    found = {}
    for reading in READINGS:
        page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in reading.items()])
        for name in (*PAGES, *DOORS):
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(f"/people/{name}")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            wrong = [f"{one['id']}: {node['target']}" for one in result["violations"] for node in one["nodes"]]
            page.set_viewport_size({"width": 320, "height": 640})
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wrong.append("scrolls sideways")
            if wrong:
                found[(name, *reading.values())] = wrong

    assert found == {}


def test_the_pages_speak_chinese_throughout(page):
    for name in PAGES:
        page.goto(f"/people/{name}")
        words = page.locator("main").inner_text()
        english = [word for word in words.split() if word.isascii() and word.isalpha() and len(word) > 3]
        codes = {"Linux", "Chrome", "English", *codes_in(words)}
        assert set(english) <= codes, (name, english)


def codes_in(words: str) -> set[str]:
    """Codes that are the same in every language: verbs, logins, keys to type."""
    return {word for word in words.split() if "." in word or word.isupper() or word.islower()}
