"""Desks without a browser: a session, a stream, and the requests that the page itself would make.

Each takes its share of the calls: the typed line, keeping it, sending the first crew; then the crew's phone taps, and
the desk closes. What the page fetches when it hears news is fetched here as `ui/live.js` and `ui/together.js` do it.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import aiohttp

from bench.load.figures import ANSWERS, HEARD, NEWS, SUGGESTIONS, Notes
from bench.load.outside import Phones, timed, until_due

TOKEN = "l" * 32
KEEP_S, SEND_S = 4.0, 7.0  # after the line was typed
SIGN_S, DEPART_S, ARRIVE_S, CLEAR_S, CLOSE_S = 3.0, 6.0, 20.0, 35.0, 40.0  # after the crew was sent
LOOKS_EVERY_S = 8.0
GATHER_S, PACE_S = (0.05, 0.25), (1.2, 1.6)  # as ui/live.js
SLOW_LAYERS = (("/desk/routes.json", 5.0), ("/desk/ground.json", 30.0))  # as desk/ground.js asks for them
PARTS = {
    "queue": "matter assignment",
    "alerts": "alert assignment unit matter",
    "units": "assignment shift unit",
    "map": "matter assignment shift unit",
}  # as desk/board.html names them
UNIT = re.compile(r'hx-vals=\'\{"unit": "([0-9a-f-]{36})"\}\'')
RECALL = re.compile(r"/desk/assignments/([0-9a-f-]{36})/recall/")
ENTRY = re.compile(r'data-entry="([0-9a-f-]{36})"')
ROW = re.compile(r'data-row="([0-9a-f-]{36})"')
PLACE = re.compile(r'name="chosen" value="([^"]+)"')
SUGGESTED = re.compile(r"suggest;dur=([0-9.]+)")


class Fragment:
    """Parts of the page with one address: fetched when news of their topics come, one request at a time.

    topics  by part; the address is asked for the parts that news concern. One part without a name: no such question
    """

    def __init__(self, desk: Desk, path: str, topics: dict[str, str]) -> None:
        self.desk, self.path = desk, path
        self.topics = {part: set(words.split()) for part, words in topics.items()}
        self.of = ""  # the matter whose news alone it wants
        self.busy = False
        self.wanted: set[str] = set()
        self.shows: set[str] = set()  # entries it shows already
        self.since: float | None = None  # the oldest news that it does not show yet

    def hear(self, topic: str, subject: str, at: float, entry: str = "") -> None:
        if entry in self.shows:
            return
        concerned = {part for part, topics in self.topics.items() if topic in topics}
        if concerned and self.path and self.of in ("", subject):
            self.since, self.wanted = self.since or at, self.wanted | concerned
            if not self.busy:
                self.busy = True
                self.desk.run(self._fetch())

    async def _fetch(self) -> None:
        while self.since is not None and self.path:
            heard, self.since = self.since, None
            of, self.wanted = ",".join(sorted(self.wanted - {""})), set()
            asked = {"params": {"of": of}} if of else {}
            status, text, _ = await self.desk.ask("GET", self.path, heard, NEWS, passive=True, **asked)
            if status == 200 and "queue" in of:
                self.desk.board = ROW.findall(json.loads(text)["queue"])
        self.busy = False


class Desk:
    def __init__(self, web: aiohttp.ClientSession, cookie: str, phones: Phones, notes: Notes) -> None:
        self.web, self.phones, self.notes = web, phones, notes
        self.headers = {
            "Cookie": f"sw_session={cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "HX-Request": "true",
            "Origin": str(web._base_url).rstrip("/"),
        }  # fmt: skip
        self.board: list[str] = []
        self.news: list[tuple[str, str, float, str]] = []
        self.next = 0.0
        self.tasks: set[asyncio.Task[None]] = set()
        self.panel = Fragment(self, "", {"": "matter assignment evidence note"})
        moves = Fragment(self, "/desk/reach/moves/", {"": "move_up"})
        self.parts = [Fragment(self, "/desk/parts/", PARTS), self.panel, moves]

    def run(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def leave(self) -> None:
        """What is still on its way is given up."""
        left = list(self.tasks)
        for task in left:
            task.cancel()
        for done in await asyncio.gather(*left, return_exceptions=True):
            if isinstance(done, Exception):
                self.notes.fault(f"{type(done).__name__}: {done}")

    async def ask(
        self, method: str, path: str, due: float, name: str, *, passive: bool = False, **given: Any
    ) -> tuple[int, str, Any]:
        """`passive`: as the page asks by itself when it has heard news."""
        headers = self.headers | ({"X-Shouwang-Passive": "1"} if passive else {})
        answer = await timed(self.web, method, path, due, name, self.notes, headers=headers, **given)
        if self.panel.of and f'data-chosen="{self.panel.of}"' in answer[1]:
            self.panel.shows = set(ENTRY.findall(answer[1]))
        spent = SUGGESTED.search(answer[2].get("Server-Timing", "")) if answer[0] == 200 else None
        if spent:
            self.notes.spent(SUGGESTIONS, float(spent[1]))
        return answer

    async def watch(self, end: float) -> None:
        """Read the stream until the end; come back where it breaks off."""
        await self.ask("GET", "/desk/", time.time(), "")
        while time.time() < end:
            try:
                async with self.web.get("/live/", headers=self.headers, timeout=aiohttp.ClientTimeout(None)) as stream:
                    async for name, data in events(stream):
                        self._hear(name, data)
            except aiohttp.ClientError as fault:
                self.notes.fault(f"stream: {type(fault).__name__}")
            await asyncio.sleep(0.5)

    async def redraw(self, path: str, every_s: float, end: float) -> None:
        """A layer of the map that is asked for apart from the news."""
        due = time.time() + every_s * random.random()
        while due < end:
            await until_due(due)
            await self.ask("GET", path, due, "", passive=True)
            due += every_s

    def _hear(self, name: str, data: str) -> None:
        at = time.time()
        if name == "positions":
            for fix in json.loads(data):
                self.notes.took(HEARD, datetime.fromisoformat(fix["at"]).timestamp(), ended=at)
        elif name == "reload":
            self.board = []
            for part in self.parts:
                for topic in set().union(*part.topics.values()):
                    part.hear(topic, part.of, at)
        elif name == "message":
            said = json.loads(data)
            if not self.news:
                asyncio.get_running_loop().call_later(max(random.uniform(*GATHER_S), self.next - at), self._refresh)
            self.news.append((said["topic"].split(".")[0], said["subject"], at, said["entry"]))

    def _refresh(self) -> None:
        self.next = time.time() + random.uniform(*PACE_S)
        news, self.news = self.news, []
        for part in self.parts:
            for topic, subject, at, entry in news:
                part.hear(topic, subject, at, entry)

    def choose(self, matter: str) -> str:
        """The panel shows this one from now on; its address."""
        self.panel.of, self.panel.path = matter, f"/desk/matters/{matter}/"
        return self.panel.path

    async def look(self, due: float, every_s: float, end: float) -> None:
        """Choose one call of the list after the other."""
        chance = random.Random(int(due * 1000))
        while due < end:
            await until_due(due)
            if self.board:
                await self._choose(chance.choice(self.board[:20]), due)
            due += every_s

    async def _choose(self, matter: str, due: float) -> None:
        await self.ask("GET", self.choose(matter), due, ANSWERS)

    async def take(self, place: dict[str, Any], due: float) -> None:
        """One call from the line that is typed to its end."""
        await until_due(due)
        line = f"/new 打架 {place['name']} 两人受伤 138{random.randrange(10**8):08}"
        _, drawn, _ = await self.ask("POST", "/desk/command/", due, ANSWERS, data={"line": line})
        found = PLACE.search(drawn)
        key = str(uuid4())
        form = {
            "key": key, "subkind": "order.fight", "urgency": "2", "channel": "phone", "place_text": place["name"],
            "chosen": found[1] if found else f"{place['lon']},{place['lat']}|{place['id']}|{place['text']}",
            "gist": "两人打架", "words": "", "name": "", "number": "",
        }  # fmt: skip
        await until_due(due + KEEP_S)
        _, panel, _ = await self.ask("POST", "/desk/intake/", due + KEEP_S, ANSWERS, data=form)
        self.choose(key)
        await until_due(due + SEND_S)
        for unit in filter(self.phones.devices.__contains__, UNIT.findall(panel)):
            path = f"/desk/matters/{key}/assignments/"
            status, panel, _ = await self.ask("POST", path, due + SEND_S, ANSWERS, data={"unit": unit})
            if status == 200:
                return await self.finish(key, unit, RECALL.findall(panel)[0], due + SEND_S)
        return self.notes.fault("nobody could be sent")

    async def finish(self, matter: str, unit: str, assignment: str, sent: float) -> None:
        """The crew's taps, and closing by the desk."""
        taps = ("sign", SIGN_S), ("depart", DEPART_S), ("arrive", ARRIVE_S)
        for act, after in taps:
            await self.phones.tap(unit, f"assignment.{act}", sent + after, assignment=assignment)
        given = {"assignment": assignment, "outcome": "settled", "text": "已劝离"}
        await self.phones.tap(unit, "assignment.clear", sent + CLEAR_S, **given)
        due = sent + CLOSE_S
        await until_due(due)
        await self.ask("POST", f"/desk/matters/{matter}/steps/close/", due, ANSWERS, data={"outcome": "settled"})


async def events(stream: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, str]]:
    """Server-sent events: name and data."""
    name, data = "message", ""
    async for raw in stream.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            data = line[6:]
        elif not line:
            if data:
                yield name, data
            name, data = "message", ""
