"""How a Problem reaches whoever asked: a page, a fragment, or JSON, always with its code and its sentence."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shouwang.core.problem import Problem


def answer_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    if _wants_json(request):
        body = {"code": problem.code, "says": problem.message, "field": problem.field}
        return JsonResponse(body, status=problem.status, json_dumps_params={"ensure_ascii": False})
    template = "people/_problem.html" if request.headers.get("HX-Request") else "people/problem.html"
    return render(request, template, {"problem": problem}, status=problem.status)


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("application/json" in accepts and "text/html" not in accepts)
