"""Who called stays in the one table that keeps identities: in no log line, metric, job, live event or other row."""

from __future__ import annotations

import threading
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import pytest
from psycopg import sql

from shouwang.core.ids import new_id
from tests.journeys.towns import until
from tests.journeys.visitors import UNANSWERED, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
NAME, NUMBER = "欧阳雪柊", "13877441902"
TRACES = (NAME, NUMBER, NAME.encode("unicode_escape").decode(), urllib.parse.quote(NAME))


class Listening(threading.Thread):
    """A desk that hears every live event; `heard` is all of it."""

    def __init__(self, visitor: Visitor) -> None:
        super().__init__(daemon=True)
        self.answer = visitor.opener.open(f"{visitor.town.address}/live/", timeout=60)
        self.heard = b""

    def run(self) -> None:
        try:
            while line := self.answer.readline():
                self.heard += line
        except (OSError, ValueError):
            return


def tells(text: str) -> bool:
    return any(trace in text for trace in TRACES)


def call(visitor: Visitor, **more: Any) -> str:
    visitor.get("/desk/intake/")
    given = {"key": new_id(), "subkind": "order.fight", "urgency": 2, "channel": "phone", "words": "门口吵架"}
    return visitor.post("/desk/intake/", **given | {"name": NAME, "number": NUMBER, **more})


@pytest.fixture(scope="module")
def called(own_town: Any) -> Listening:
    """The caller through every door that takes him: typed, in one line, refused, looked for, and in a fault."""
    desk = Visitor(own_town).step_in_as("方晓宁")
    listening = Listening(Visitor(own_town).step_in_as("周岚"))
    listening.start()
    call(desk)
    until(lambda: b"matter.new" in listening.heard)
    for refused in (
        lambda: call(desk, subkind="nothing"),
        lambda: call(desk, urgency=NUMBER, chosen=NAME),
        lambda: desk.post("/desk/intake/drafts/", key=new_id(), gist="门口吵架", name=NAME, number=NUMBER),
        lambda: desk.post("/desk/command/", line=f"/new 打架 桥西路12号 两人受伤 {NUMBER}"),
        lambda: desk.get(f"/desk/search/?q={NUMBER}"),
        lambda: desk.get(f"/desk/find/?name={urllib.parse.quote(NAME)}&document={NUMBER}"),
        lambda: Visitor(own_town).get(f"/r/{NUMBER}"),
    ):
        tried(refused)
    own_town.kill("database")
    tried(lambda: call(desk))
    own_town.wait_until_healthy()
    call(desk)
    return listening


def tried(act: Any) -> None:
    try:
        act()
    except (urllib.error.HTTPError, *UNANSWERED):
        return


def test_no_log_line_says_who_called(own_town, called):
    kept = [*own_town.folder.parent.glob("*.log"), *own_town.folder.rglob("*.log*")]
    lines = [line for path in kept if path.is_file() for line in path.read_text(errors="replace").splitlines()]
    assert any("Traceback" in line or '"trace"' in line for line in lines), "no fault was logged: this proves little"
    assert [line[:300] for line in lines if tells(line)] == []


def test_no_metric_and_no_live_event_says_who_called(own_town, called):
    with urllib.request.urlopen(f"{own_town.address}/metrics") as answer:
        assert not tells(answer.read().decode())
    assert not tells(called.heard.decode())


def test_no_row_of_any_table_says_who_called_in_clear(own_town, called):
    with own_town.connect("owner") as owner:
        tables = owner.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
        ).fetchall()
        asked = sql.SQL("SELECT count(*) FROM {} AS row WHERE row::text LIKE ANY(%s)")
        like = [f"%{trace}%" for trace in (NAME, NUMBER)]
        found = {name: owner.execute(asked.format(sql.Identifier(name)), [like]).fetchone()[0] for (name,) in tables}
        kept = owner.execute("SELECT count(*) FROM registry_identity WHERE number_enc IS NOT NULL").fetchone()
    assert len(found) > 100
    assert {name for name, n in found.items() if n} == set()
    assert kept[0] >= 2
