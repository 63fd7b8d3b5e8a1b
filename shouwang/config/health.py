"""`/healthz`: does the database answer, does a worker take jobs, which version is this."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

from shouwang import __version__
from shouwang.people.routes import public

QUIET_S = 60  # a worker that has not beaten for so long is counted as gone


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served; `jobs` may be "stopped" meanwhile: notices then wait, nothing is lost."""
    database = _database()
    jobs = _jobs() if database == "ok" else "unknown"
    status = "ok" if database == "ok" else "down"
    answer = {"status": status, "database": database, "jobs": jobs, "version": __version__}
    return JsonResponse(answer, status=200 if status == "ok" else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _jobs() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => %s)",
            [QUIET_S],
        )
        return "ok" if cursor.fetchone()[0] else "stopped"


urlpatterns = [path("", healthz, name="healthz")]
