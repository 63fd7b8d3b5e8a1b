"""A gateway that sends nothing: takes messages and calls as a real one does, keeps them to be read, and reports back.

Numbers decide what happens, so that every case can be played: …0001 is refused, …0002 fails later, …0003 gets no
answer, …0004 is told to come later, …0005 never reports; everything else is delivered after `delay_s`.
    GET /  a page of what came     GET /messages  the same as JSON     POST /replies {"from", "text"}  as a phone
"""

from __future__ import annotations

import hmac
import html
import json
import threading
import time
import urllib.request
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONGEST_BODY = 64 * 1024
HANG_S = 30.0


@dataclass
class Taken:
    id: str
    kind: str
    to: str
    text: str
    callback: str
    taken_at: float
    times: int = 1
    state: str = "taken"


@dataclass
class Simulator:
    """`start()` serves in a thread; `url` is where. `messages` are those taken, each id once however often it came."""

    secret: str
    port: int = 0
    delay_s: float = 0.2
    messages: dict[str, Taken] = field(default_factory=dict)
    _server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        handler = type("Handler", (_Handler,), {"simulator": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def take(self, kind: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """(status, answer) for one message or call, as the number decides."""
        message, to = str(given.get("id", "")), str(given.get("to", ""))
        if not message or not to.isdigit() or not given.get("text"):
            return 400, {"error": "bad_request"}
        if to.endswith("0001"):
            return 422, {"error": "number_barred"}
        if to.endswith("0003"):
            time.sleep(HANG_S)
        if to.endswith("0004"):
            return 429, {"error": "too_many"}
        if message in self.messages:
            self.messages[message].times += 1
            return 202, {"id": f"g-{message}"}
        callback = str(given.get("callback", ""))
        self.messages[message] = Taken(message, kind, to, str(given["text"]), callback, time.time())
        if not to.endswith("0005"):
            threading.Thread(target=self._report, args=[self.messages[message]], daemon=True).start()
        return 202, {"id": f"g-{message}"}

    def reply(self, number: str, text: str, callback: str) -> None:
        """What a phone answers, handed on to the service."""
        self._post(callback.replace("/reports/", "/replies/"), {"from": number, "text": text})

    def _report(self, taken: Taken) -> None:
        time.sleep(self.delay_s)
        taken.state = "failed" if taken.to.endswith("0002") else "delivered"
        if taken.callback.startswith("http"):
            error = {"error": "absent_subscriber"} if taken.state == "failed" else {}
            self._post(taken.callback, {"id": taken.id, "state": taken.state, **error})

    def _post(self, url: str, content: dict[str, Any], tries: int = 3) -> None:
        body = json.dumps(content).encode()
        signed = {"X-Signature": hmac.digest(self.secret.encode(), body, "sha256").hex()}
        request = urllib.request.Request(url, data=body, headers=signed | {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for attempt in range(tries):
            try:
                with opener.open(request, timeout=5):
                    return
            except OSError:
                time.sleep(0.2 * 2**attempt)


class _Handler(BaseHTTPRequestHandler):
    simulator: Simulator

    def do_GET(self) -> None:
        taken = sorted(self.simulator.messages.values(), key=lambda one: -one.taken_at)
        if self.path == "/messages":
            self._answer(200, [asdict(one) for one in taken])
        elif self.path == "/":
            lines = (f"{one.kind} {one.to} · {one.state} · {one.text}" for one in taken)
            rows = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
            self._send(200, f"<!doctype html><meta charset=utf-8><title>SMS</title><ol>{rows}</ol>", "text/html")
        else:
            self._answer(404, {"error": "unknown"})

    def do_POST(self) -> None:
        kinds = {"/messages": "sms", "/calls": "voice"}
        try:
            given = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), LONGEST_BODY)))
        except ValueError:
            return self._answer(400, {"error": "bad_request"})
        if self.path == "/replies":
            last = next(reversed(self.simulator.messages.values()), None)
            if last:
                self.simulator.reply(str(given.get("from", "")), str(given.get("text", "")), last.callback)
            return self._answer(202, {})
        wanted = f"Bearer {self.simulator.secret}"
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), wanted.encode()):
            return self._answer(401, {"error": "not_authorised"})
        if self.path not in kinds:
            return self._answer(404, {"error": "unknown"})
        return self._answer(*self.simulator.take(kinds[self.path], given))

    def _answer(self, status: int, content: Any) -> None:
        self._send(status, json.dumps(content, ensure_ascii=False), "application/json")

    def _send(self, status: int, text: str, content_type: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{content_type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (named by the standard library)
        """Nothing: numbers stand in its lines."""
