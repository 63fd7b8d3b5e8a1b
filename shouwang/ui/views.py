"""The component page `/ui/` (public, without a database), and how a page is read."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from shouwang.core import clock
from shouwang.ui import samples
from shouwang.ui.context import THEMES
from shouwang.ui.pieces import piece_of

YEAR_S = 31_536_000
PAGES = {"portal": "ui/showing/portal.html", "follow": "ui/showing/follow.html", "question": "ui/showing/question.html"}


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every part in every state."""
    return render(request, "ui/showing/components.html", samples.everything(clock.now()))


@require_GET
def sample(request: HttpRequest, name: str) -> HttpResponse:
    """A whole page of one of the shells, with made words."""
    if name not in PAGES:
        raise Http404
    return render(request, PAGES[name], samples.everything(clock.now()) | {"town": "青石县", "station": "青石桥派出所"})


@piece_of("ui:components")
@require_GET
def purpose(request: HttpRequest) -> HttpResponse:
    """The gate before a masked value, as a fragment."""
    shown = samples.everything(clock.now())
    shown |= {"action": "/ui/part/purpose/", "chosen": "handling", "matter": "2047 打架"}
    shown["sentence"] = pgettext(
        "sample", "For what do you need the caller’s number? The caller will see that you looked."
    )
    return render(request, "ui/parts/_purpose.html", shown)


@require_POST
def read_as(request: HttpRequest) -> HttpResponse:
    """Keeps theme, size of text, map or language in a cookie, and goes back; works without scripts."""
    answer = HttpResponseRedirect(_back(request))
    given = request.POST
    if "theme" in given:
        _keep(answer, "theme", given["theme"] if given["theme"] in THEMES else "")
    if "reading" in given:
        _keep(answer, "reading", "elder" if given["reading"] == "elder" else "")
    if "map" in given:
        _keep(answer, "map", "none" if given["map"] == "none" else "")
    if given.get("language") in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, given["language"])
    return answer


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    if value:
        answer.set_cookie(name, value, max_age=YEAR_S, samesite="Lax")  # the page's own script reads it
    else:
        answer.delete_cookie(name, samesite="Lax")


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "/")
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else "/"
