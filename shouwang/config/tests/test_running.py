"""Which processes a town has, as whom they log in, and whose data the demo touches."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace

import pytest

from shouwang.config import demonstrating, running
from shouwang.config.database import roles
from shouwang.config.database.cluster import Cluster
from shouwang.config.database.programs import NoDatabase
from shouwang.config.doors import DOORS, door_for, doors_of
from shouwang.config.environment import Environment
from shouwang.config.front.app import process_for
from shouwang.config.running import Town, names_of, processes, silent_faces


def started(**given):
    with socket.socket() as listening:
        return {
            process.name: process.variables.get("SHOUWANG_ROLE")
            for process in processes(Environment(**given), listening)
        }


def test_each_process_has_the_least_role():
    assert started() == {"web": "web", "jobs": "jobs", "seal": "seal", "portal": "portal", "front": "web"}


def test_the_portal_alone_is_two_processes():
    assert set(started(faces=("portal",))) == {"portal", "front"}


def test_no_process_is_the_owner():
    assert "owner" not in started().values()


@pytest.mark.parametrize(
    ("path", "process"),
    [
        ("/desk/", "web"),
        ("/desk", "web"),
        ("/field/tasks/", "web"),
        ("/ingest/osmand", "web"),
        ("/static/ui/tokens.css", "web"),
        ("/", "portal"),
        ("/r/ABCD-EFGH", "portal"),
        ("/desktop", "portal"),
        ("/transparency/checkpoint", "portal"),
    ],
)
def test_every_address_is_answered_by_one_process(path, process):
    assert process_for(door_for(path), Environment()) == process


def test_a_machine_with_the_portal_alone_answers_everything_as_the_portal():
    assert {process_for(door, Environment(faces=("portal",))) for door in DOORS if door.face == "any"} == {"portal"}


def test_the_portals_process_does_not_know_the_desks_addresses():
    assert "desk" not in {door.face for door in doors_of(["portal"])}


def test_pages_are_served_under_the_address_that_the_port_listens_on(monkeypatch):
    monkeypatch.setattr("shouwang.config.tls.local_addresses", lambda: ["192.0.2.2", "127.0.0.1"])

    assert names_of(Environment(host="192.0.2.9", hosts=("qingshi.example",))) == ["qingshi.example", "192.0.2.9"]
    assert names_of(Environment(host="0.0.0.0")) == ["192.0.2.2", "127.0.0.1"]


@pytest.fixture
def port():
    """A public port behind which nothing has started; `port.answers` are the paths that do by now."""
    answers = set()

    class Front(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in answers else 503)
            self.end_headers()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Front) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(number=server.server_port, answers=answers)
        server.shutdown()


def test_a_town_is_ready_when_each_of_its_faces_answers(port):
    whole = Environment(port=port.number)
    assert silent_faces(whole) == ["desk", "field", "api", "portal"]

    port.answers.add("/healthz")
    assert silent_faces(whole) == ["portal"]
    assert silent_faces(Environment(port=port.number, faces=("desk", "api"))) == []

    port.answers.add("/")
    assert silent_faces(whole) == []


def test_the_address_is_said_only_when_the_portal_answers_too(port, tmp_path):
    said = []
    town = Town(Environment(port=port.number, var=tmp_path), say=said.append)
    port.answers.add("/healthz")
    saying = threading.Thread(target=town._announce)
    saying.start()
    saying.join(0.5)
    assert said == []

    port.answers.add("/")
    saying.join(10)

    assert "is ready" in said[0]


def test_who_does_not_answer_in_time_is_named(port, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "READY_S", 0)
    said = []
    port.answers.add("/healthz")

    Town(Environment(port=port.number, var=tmp_path), say=said.append)._announce()

    assert "do not answer: portal;" in said[0]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    import os

    var = tmp_path_factory.mktemp("demo")
    made = Cluster(data=var / "pg", var=var, run=var / "run", pg_bin=os.environ["SHOUWANG_PG_BIN"], durable=False)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def town(cluster):
    """A town whose commands are only written down; `upgrade` makes the schema."""
    environment = Environment(var=cluster.var, database_name="shouwang", schema="demotown")
    said = []

    def run_command(*arguments, role):
        said.append((arguments[0], role))
        if arguments[0] == "upgrade":
            roles.prepare(environment)

    yield SimpleNamespace(environment=environment, run_command=run_command, say=lambda _: None, said=said)
    with cluster.connect("shouwang") as superuser:
        superuser.execute("DROP SCHEMA IF EXISTS demotown CASCADE")


MADE = [("upgrade", "owner"), ("town", "jobs"), ("load-demo", "web")]


def test_the_demo_makes_its_town_once(town):
    demonstrating.make(town, [])
    demonstrating.make(town, [])

    assert town.said == [*MADE, ("upgrade", "owner")]


def test_a_demo_town_that_was_half_made_is_made_again(town):
    town.run_command("upgrade", role="owner")
    demonstrating._set_mark(town.environment, demonstrating.BEGUN)

    demonstrating.make(town, [])

    assert town.said[1:] == MADE
    assert demonstrating.mark_of(town.environment) == demonstrating.MADE


def test_a_database_not_made_by_the_demo_is_left_alone(town):
    town.run_command("upgrade", role="owner")

    with pytest.raises(NoDatabase, match="was not made by the demo"):
        demonstrating.make(town, [])
    with pytest.raises(NoDatabase, match="was not made by the demo"):
        demonstrating.make(town, [], anew=True)


def test_a_real_town_is_never_run_on_the_demos_data(town):
    demonstrating.make(town, [])

    with pytest.raises(NoDatabase, match="holds the demo town"):
        demonstrating.refuse_demo(town.environment)
