"""What the gateway reports: a message arrived or did not, somebody answered one. Believed only when signed."""

from __future__ import annotations

import hmac
import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shouwang.connections.sms.gateway import is_set_up, signature
from shouwang.core.clock import now
from shouwang.core.problem import Problem
from shouwang.notices.opting_out import take_reply
from shouwang.notices.reporting import report_delivered, report_failed
from shouwang.people.routes import public


class NotSigned(Problem):
    code, status = "sms.not_signed", 403
    says = _("This report is not signed with the secret shared with the gateway.")


class BadReport(Problem):
    code, status = "sms.bad_report", 400
    says = _("This report cannot be read: it needs {line}.")


@csrf_exempt
@public
@require_POST
def reports(request: HttpRequest) -> HttpResponse:
    """{"id", "state": "delivered" or "failed", "error"}"""
    told = _signed_json(request)
    try:
        notice = UUID(str(told.get("id")))
    except ValueError:
        raise BadReport(line="id") from None
    if told.get("state") == "delivered":
        row = report_delivered(notice, at=now())
    elif told.get("state") == "failed":
        row = report_failed(notice, str(told.get("error") or "failed"), at=now())
    else:
        raise BadReport(line="state")
    return JsonResponse({"state": row.state})


@csrf_exempt
@public
@require_POST
def replies(request: HttpRequest) -> HttpResponse:
    """{"from", "text"}: only a wish about messages is taken; what else people answer is not kept."""
    told = _signed_json(request)
    number, text = told.get("from"), told.get("text")
    if not isinstance(number, str) or not isinstance(text, str):
        raise BadReport(line="from, text")
    return JsonResponse({"taken": take_reply(number, text, at=now())})


def _signed_json(request: HttpRequest) -> dict[str, Any]:
    given = request.headers.get("X-Signature", "")
    if not is_set_up() or not hmac.compare_digest(given.encode(), signature(request.body).encode()):
        raise NotSigned()
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        raise BadReport(line="JSON") from None
    if not isinstance(told, dict):
        raise BadReport(line="JSON")
    return told
