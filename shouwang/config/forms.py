"""What is said when a form comes back without its token: it was open too long, or comes from another site."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.ui.problems import answer_to


class FormTooOld(Problem):
    code, status = "page.form_too_old", 403
    head = _("Too old")
    says = _("This form was open for too long. Load the page again; what you typed was not sent.")
    remedy = _("Go back, load the page again and send it once more.")


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`."""
    return answer_to(request, FormTooOld())
