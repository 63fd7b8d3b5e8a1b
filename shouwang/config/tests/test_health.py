"""What the machine's keepers ask, and the headers that every page carries."""

from django.db import OperationalError, connection
from django.test import Client


def test_health_says_that_the_database_answers_and_that_no_worker_runs(db):
    answer = Client().get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "jobs": "stopped", "version": "0.1.0"}


def test_health_sees_a_worker_that_beats(db, as_role):
    with as_role("jobs"), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM procrastinate_register_worker_v1()")

    assert Client().get("/healthz").json()["jobs"] == "ok"


def test_health_is_down_when_the_database_does_not_answer(monkeypatch):
    def refuse(*_):
        raise OperationalError("gone")

    monkeypatch.setattr("shouwang.config.health.connection.cursor", refuse)
    answer = Client().get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "down"


def test_every_page_forbids_what_is_inline_or_from_elsewhere(db):
    answer = Client().get("/healthz")

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_over_https_is_the_browser_told_to_stay_there(db):
    assert "Strict-Transport-Security" not in Client().get("/healthz").headers
    assert "max-age" in Client().get("/healthz", secure=True).headers["Strict-Transport-Security"]
