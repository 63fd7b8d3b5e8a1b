"""The public port: what it passes on, what it does not believe, and whom it turns away."""

import asyncio
import contextlib
import http.client
import socket
import threading
import time

import pytest
import uvicorn
from aiohttp import web

from shouwang.config.environment import Environment
from shouwang.config.front import limits, passing
from shouwang.config.front.app import Front
from shouwang.config.front.protocol import PatientProtocol
from shouwang.config.front.turns import Turns


class Behind:
    """A process behind the front, which says what it was asked."""

    async def answer(self, request):
        if request.path.endswith("/slow"):
            return await self._slow(request)
        if request.path.endswith("/cut"):
            return await self._cut(request)
        body = await request.read()
        return web.json_response(
            {
                "path": request.raw_path,
                "length": len(body),
                "headers": {name.lower(): value for name, value in request.headers.items()},
            },
            headers=[("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")],
        )

    async def _slow(self, request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(b"first")
        await asyncio.sleep(0.5)
        await answer.write(b"last")
        return answer

    async def _cut(self, request):
        answer = web.StreamResponse(headers={"Content-Length": "100"})
        await answer.prepare(request)
        await answer.write(b"only this")
        request.transport.close()
        return answer


class Running:
    def __init__(self, var):
        self.environment = Environment(var=var, metrics_token="figures", trusted_proxies=("127.0.0.9",))
        self.front = Front(self.environment)
        self.started = threading.Event()
        self.thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def __enter__(self):
        self.thread.start()
        assert self.started.wait(10)
        return self

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join(10)

    async def _run(self):
        run = self.environment.var / "run"
        run.mkdir(parents=True)
        behind = web.Application(client_max_size=10**9)
        behind.router.add_route("*", "/{path:.*}", Behind().answer)
        runner = web.AppRunner(behind, shutdown_timeout=0.1)
        await runner.setup()
        await web.UnixSite(runner, str(run / "web.sock")).start()
        config = uvicorn.Config(
            self.front, http=PatientProtocol, ws="none", port=0, log_config=None, lifespan="on", proxy_headers=False
        )
        self.server = uvicorn.Server(config)
        self.server.install_signal_handlers = lambda: None
        serving = asyncio.create_task(self.server.serve())
        while not self.server.started:
            await asyncio.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.started.set()
        await serving
        await runner.cleanup()

    @contextlib.contextmanager
    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            yield connection.getresponse()
        finally:
            connection.close()

    def asked(self, method, path, body=None, headers=None):
        """What the process behind was asked, as it says itself."""
        import json

        with self.ask(method, path, body, headers) as answer:
            assert answer.status == 200
            return json.load(answer)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with Running(tmp_path_factory.mktemp("front")) as running:
        yield running


def test_path_query_and_body_arrive_as_they_were_sent(running):
    asked = running.asked("POST", "/desk/a%20b//c?x=%E4%BD%A0&y=a+b", body=b"x" * 1000)

    assert (asked["path"], asked["length"]) == ("/desk/a%20b//c?x=%E4%BD%A0&y=a+b", 1000)


def test_a_large_body_is_passed_on_in_pieces(running):
    assert running.asked("POST", "/field/evidence", body=b"x" * 5_000_000)["length"] == 5_000_000


def test_every_cookie_comes_back(running):
    with running.ask("GET", "/desk/") as answer:
        assert answer.headers.get_all("Set-Cookie") == ["a=1", "b=2"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host"])
def test_what_a_client_says_of_its_address_is_not_believed(running, header):
    asked = running.asked("GET", "/desk/", headers={header: "10.9.8.7", "X-Forwarded-Proto": "https"})

    assert "10.9.8.7" not in str(asked["headers"])
    assert asked["headers"]["x-forwarded-for"] == "127.0.0.1"
    assert asked["headers"]["x-forwarded-proto"] == "http"


def test_when_a_request_came_is_said_by_the_front_alone(running):
    before = time.monotonic()

    asked = running.asked("GET", "/desk/parts/", headers={"X-Shouwang-Asked": "1.0"})

    assert before <= float(asked["headers"]["x-shouwang-asked"]) <= time.monotonic()


def test_a_header_with_an_underscore_is_not_passed_on(running):
    assert "script_name" not in running.asked("GET", "/desk/", headers={"SCRIPT_NAME": "/elsewhere"})["headers"]


def test_a_named_proxy_is_believed_for_the_last_address_only():
    scope = {"client": ("127.0.0.9", 1), "headers": [(b"x-forwarded-for", b"1.1.1.1, 2.2.2.2")]}

    assert passing.client_address(scope, frozenset({"127.0.0.9"})) == "2.2.2.2"


def test_a_body_over_the_doors_limit_is_refused_with_the_limit(running):
    with running.ask("POST", "/ingest/osmand", body=b"x" * 70_000) as answer:
        assert answer.status == 413
        assert "最多 64 KB" in answer.read().decode()


def test_a_body_that_hides_its_length_is_refused_too(running):
    piece = b"9c40\r\n" + b"x" * 40_000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as hiding:
        hiding.sendall(b"POST /ingest/osmand HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + piece * 2)

        assert hiding.recv(1000).startswith(b"HTTP/1.1 413")


def test_a_browser_whose_body_is_too_large_gets_a_page_with_the_remedy(running):
    body = b"x" * 13 * 1024 * 1024  # far more than any buffer on the way holds
    with running.ask("POST", "/follow/", body=body, headers={"Accept": "text/html", "Cookie": "theme=dark"}) as answer:
        page = answer.read().decode()

        assert (answer.status, answer.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    assert "<h1>发来的内容太大，没有收下</h1>" in page
    assert "一次最多 12 MB" in page
    assert "返回键" in page
    assert 'data-theme="dark"' in page


def test_a_part_of_a_page_gets_words_that_fit_into_it(running):
    with running.ask("POST", "/desk/x", body=b"x" * 13_000_000, headers={"HX-Request": "true"}) as answer:
        assert answer.read().decode().startswith('<p class="sw-problem" role="alert">')


def test_headers_that_are_too_long_are_refused(running):
    with running.ask("GET", "/desk/", headers={"X-Long": "x" * 40_000}) as answer:
        assert answer.status == 400


def test_a_client_that_trickles_its_headers_is_let_go(running, monkeypatch):
    monkeypatch.setattr(limits, "HEAD_S", 0.3)
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as trickle:
        trickle.sendall(b"GET /desk/ HTTP/1.1\r\nHost: a\r\n")

        assert trickle.recv(100) == b""


def test_a_body_that_stops_coming_is_let_go(running, monkeypatch):
    monkeypatch.setattr(limits, "BODY_S", 0.3)
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as slow:
        slow.sendall(b"POST /desk/ HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")

        assert slow.recv(1000).startswith(b"HTTP/1.1 408")


def test_an_answer_comes_through_piece_by_piece(running):
    with running.ask("GET", "/desk/slow") as answer:
        began = time.monotonic()
        assert answer.read1(5) == b"first"
        assert time.monotonic() - began < 0.4
        assert answer.read() == b"last"


def test_an_answer_that_breaks_off_is_seen_to_be_broken(running):
    with running.ask("GET", "/desk/cut") as answer, pytest.raises(http.client.IncompleteRead):
        answer.read()


def test_the_portal_is_shed_first_and_the_desk_last(running, monkeypatch):
    monkeypatch.setitem(running.front.flight.now, "portal", limits.FULL["portal"])

    with running.ask("GET", "/r/ABCD-EFGH") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "110" in answer.read().decode()
    assert running.asked("GET", "/desk/")["path"] == "/desk/"
    assert running.asked("GET", "/ingest/osmand")["path"] == "/ingest/osmand"


def test_what_a_page_asks_by_itself_waits_for_its_turn_and_a_key_does_not(running, monkeypatch):
    taken = []

    class Noting(Turns):
        def passive(self):
            taken.append("passive")
            return super().passive()

        def pressed(self):
            taken.append("pressed")
            return super().pressed()

    monkeypatch.setattr(running.front, "turns", Noting())

    running.asked("GET", "/desk/parts/", headers={"X-Shouwang-Passive": "1"})
    running.asked("GET", "/desk/")
    running.asked("GET", "/field/")

    assert taken == ["passive", "pressed"]


def test_a_process_that_is_away_is_waited_for_and_then_excused(running, monkeypatch):
    monkeypatch.setattr(passing, "TRIES", 2)
    monkeypatch.setattr(passing, "PAUSE_S", 0.01)

    with running.ask("GET", "/") as answer:  # no portal is running here
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


def test_figures_are_for_this_machine_or_for_who_has_the_token(running):
    with running.ask("GET", "/metrics") as here:
        assert here.status == 200
        assert b"shouwang_request" in here.read()
    with running.ask("GET", "/metrics", headers={"X-Forwarded-For": "127.0.0.1"}) as through_a_proxy:
        assert through_a_proxy.status == 403
    token = {"X-Forwarded-For": "127.0.0.1", "Authorization": "Bearer figures"}
    with running.ask("GET", "/metrics", headers=token) as with_token:
        assert with_token.status == 200


def test_what_the_front_says_itself_carries_the_safe_headers(running):
    with running.ask("POST", "/ingest/osmand", body=b"x" * 70_000) as answer:
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
