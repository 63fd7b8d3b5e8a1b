"""Cookies: the session, the wall screen, the registered workstation. Bound to this host where there is TLS."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse

SESSION = "sw_session"
SCREEN = "sw_screen"
WORKSTATION = "sw_workstation"


def read(request: HttpRequest, name: str) -> str:
    return request.COOKIES.get(_full(request, name), "")


def write(request: HttpRequest, response: HttpResponse, name: str, value: str, *, lasts: dt.timedelta) -> None:
    """Secure and named __Host- under TLS (no other host of the domain can set it), never readable by scripts."""
    response.set_cookie(
        _full(request, name), value, max_age=int(lasts.total_seconds()), httponly=True, samesite="Lax",
        secure=request.is_secure(), path="/",
    )  # fmt: skip


def remove(request: HttpRequest, response: HttpResponse, name: str) -> None:
    response.delete_cookie(_full(request, name), path="/", samesite="Lax")


def _full(request: HttpRequest, name: str) -> str:
    return f"__Host-{name}" if request.is_secure() else name
