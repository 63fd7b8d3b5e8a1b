"""How a Problem reaches a person: as a page, as a fragment beside the field, or as JSON, by what was asked for.

The head of the page and the next step follow from the status; a Problem may bring its own as `head` and `remedy`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.core.ids import new_id
from shouwang.core.problem import Problem, Unavailable

log = logging.getLogger(__name__)


class NothingHere(Problem):
    code, status = "page.nothing_here", 404
    says = gettext_lazy("There is nothing here, or it is not yours to see.")


class TooMuch(Problem):
    code, status = "page.too_much", 413
    says = gettext_lazy("What was sent is too large. Send less at once, or smaller files.")


class OutsideSilent(Problem):
    code, status = "page.outside_silent", 503
    says = gettext_lazy("A system outside does not answer. Nothing was changed; try again in a moment.")


class Fault(Problem):
    code, status = "page.fault", 500
    says = gettext_lazy(
        "Something went wrong on our side. Nothing half-done was kept. The reference helps us to find it."
    )


class Unreadable(Problem):
    code, status = "page.unreadable", 400
    says = gettext_lazy("What was sent cannot be read. Nothing was changed.")


class NoText(Problem):
    code, status = "page.no_text", 400
    says = gettext_lazy("“{label}” holds a character that is no text. Type it again, or paste it as plain text.")


class NotThisWay(Problem):
    code, status = "page.not_this_way", 405
    says = gettext_lazy("This address takes no such request.")


FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


class Problems:
    """Middleware: answers Problems, missing pages and refused methods, each in words."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            allowed = response.headers.get("Allow", "")
            response = answer_to(request, NotThisWay())
            response.headers["Allow"] = allowed
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, named: Mapping[str, object]
    ) -> HttpResponse | None:
        """No text of ours, and none of the database, holds the character 0."""
        if any("\0" in str(value) for value in named.values()):
            return answer_to(request, NothingHere())
        sent = [*request.GET.lists(), *(request.POST.lists() if request.content_type in FORMS else [])]
        field = next((name for name, values in sent if any("\0" in value for value in (name, *values))), None)
        return None if field is None else answer_to(request, NoText(field=field, label=field.replace("\0", "")))

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        problem = _problem_of(fault)
        return None if problem is None else answer_to(request, problem)


def _problem_of(fault: Exception) -> Problem | None:
    if isinstance(fault, Problem):
        return fault
    if isinstance(fault, Http404):
        return NothingHere()
    if isinstance(fault, TOO_LARGE):
        return TooMuch()
    if isinstance(fault, RawPostDataException):  # a form came where something else was expected
        return Unreadable()
    if isinstance(fault, Unavailable):
        return OutsideSilent(retry_after_s=fault.retry_after_s)
    return None


def answer_to(request: HttpRequest, problem: Problem, reference: str = "") -> HttpResponse:
    """The answer in the form that was asked for: JSON, a fragment for htmx, or a page."""
    answer = _in_form(request, problem, reference)
    if retry_after_s := problem.given.get("retry_after_s"):
        answer.headers["Retry-After"] = str(round(float(retry_after_s)))
    return answer


def _in_form(request: HttpRequest, problem: Problem, reference: str) -> HttpResponse:
    accept = request.headers.get("Accept", "")
    said = {"code": problem.code, "message": problem.message, "field": problem.field, "reference": reference}
    if "json" in accept or request.headers.get("Content-Type", "").startswith("application/json"):
        return JsonResponse(
            {key: value for key, value in said.items() if value or key == "field"}, status=problem.status
        )
    if request.headers.get("HX-Request"):
        return render(request, "ui/parts/_problem.html", said, status=problem.status)
    page = {
        "shell": "ui/portal.html" if settings.ENVIRONMENT.role == "portal" else "ui/page.html",
        "head": getattr(problem, "head", None) or _head(problem.status),
        "message": problem.message,
        "remedy": getattr(problem, "remedy", None) or _remedy(problem.status),
        "code": f"{problem.code} {reference}".strip(),
        "back": _back(request),
    }
    return render(request, "ui/problem.html", page, status=problem.status)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    return came_from if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else "/"


def _head(status: int) -> str:
    heads = {
        401: _("Please sign in"),
        403: _("This is not yours to do"),
        404: _("Nothing here"),
        409: _("Too late"),
        413: _("Too large"),
        423: _("Locked"),
        429: _("Too often"),
        500: _("Our fault"),
        503: _("Not just now"),
    }
    return heads.get(status, _("This cannot be done"))


def _remedy(status: int) -> str:
    remedies = {
        403: _("Ask whoever is responsible for the place, or your duty lead."),
        404: _("Check the address, or go back and look from there."),
        409: _("Somebody else was faster. Go back and look at how it stands now."),
        413: _("Send it in parts, or make the file smaller first."),
        429: _("Wait a few minutes and try again."),
    }
    return remedies.get(status, _("Go back and try again. If it stays so, tell whoever looks after the system."))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: what the server refused before a view saw it."""
    return answer_to(request, TooMuch() if isinstance(exception, TOO_LARGE) else Unreadable())


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """handler403: as if it were not there."""
    return answer_to(request, NothingHere())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return answer_to(request, NothingHere())


def fault(request: HttpRequest) -> HttpResponse:
    """handler500: the fault is in the log under the reference that the page shows."""
    reference = str(new_id())
    log.error("fault shown to a person", extra={"reference": reference})
    return answer_to(request, Fault(), reference)
