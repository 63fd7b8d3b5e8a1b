"""What a browser says about the page before: nothing to other sites, and to us what a form needs to be believed."""

from __future__ import annotations

import ssl
import threading
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token

from shouwang.config.headers import SafeHeaders
from shouwang.config.tls import own_certificate
from tests.journeys.browsing import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
RECEIPT = "/r/K7M4XQ2P"


class Quiet(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """A test that fails says enough."""


def page(request: HttpRequest) -> HttpResponse:
    """A receipt's page: a form, and a link out; `?strict` asks for the policy that we do not have."""
    elsewhere = f"https://localhost:{request.get_port()}/elsewhere"
    form = f'<form method="post"><input name="csrfmiddlewaretoken" value="{get_token(request)}"><button>send</button>'
    response = HttpResponse(f'<!doctype html>{form}</form><a href="{elsewhere}">out</a>')
    if "strict" in request.GET:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@pytest.fixture
def site(tmp_path):
    """Our headers and Django's check of forms over TLS; `asked` is what each request said of where it came from."""
    asked: list[dict[str, Any]] = []

    def answer(request: HttpRequest) -> HttpResponse:
        guard = CsrfViewMiddleware(page)
        guard.process_request(request)
        refused = guard.process_view(request, page, (), {}) is not None
        asked.append({
            "path": request.path, "method": request.method, "refused": refused,
            "origin": request.headers.get("Origin"), "referrer": request.headers.get("Referer"),
        })  # fmt: skip
        return guard.process_response(request, HttpResponse("refused", status=403) if refused else page(request))

    def application(environ: dict[str, Any], start: Any) -> Any:
        response = SafeHeaders(answer)(WSGIRequest(environ | {"wsgi.url_scheme": "https"}))
        cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
        start(f"{response.status_code} OK", [*response.headers.items(), *cookies])
        return response

    server = make_server("127.0.0.1", 0, application, WSGIServer, Quiet)
    certificate, key = own_certificate(tmp_path, [])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield SimpleNamespace(address=f"https://127.0.0.1:{server.server_port}", asked=asked)
    server.shutdown()
    server.server_close()


def test_a_link_out_says_nothing_of_the_page_it_stood_on(site, browser):
    somebody = browser.somebody("resident", ignore_https_errors=True)
    somebody.goto(f"{site.address}{RECEIPT}")
    somebody.get_by_role("link", name="out").click()
    somebody.wait_for_url("**/elsewhere")

    (went,) = [one for one in site.asked if one["path"] == "/elsewhere"]
    assert went["referrer"] is None


@pytest.mark.parametrize(("policy", "origin", "refused"), [("", "ours", False), ("?strict", "null", True)])
def test_a_form_without_a_referrer_would_be_taken_for_forged(site, browser, policy, origin, refused):
    """Why the header is not “no-referrer”: docs/decisions/0050."""
    somebody = browser.somebody("resident", ignore_https_errors=True)
    somebody.goto(f"{site.address}{RECEIPT}{policy}")
    somebody.get_by_role("button", name="send").click()
    somebody.wait_for_load_state()

    (sent,) = [one for one in site.asked if one["method"] == "POST"]
    assert sent["origin"] == (site.address if origin == "ours" else "null")
    assert sent["refused"] is refused
