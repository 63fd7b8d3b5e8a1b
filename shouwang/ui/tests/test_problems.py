"""How a refusal reaches a person: page, fragment or JSON; what happened and what to do next, in his language."""

import json
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import RequestFactory
from django.utils import translation

from shouwang.core.problem import Problem, Unavailable
from shouwang.ui import problems


class CrewGone(Problem):
    code, status = "sample.crew_gone", 409
    says = "{crew} was sent elsewhere."


class TooOften(Problem):
    code, status = "sample.too_often", 429
    says = "Too many tries."


@pytest.fixture
def get():
    """A request of a person: get(accept=…, htmx=…)."""

    def made(accept="text/html", htmx=False, **headers):
        extra = {"HTTP_ACCEPT": accept} | ({"HTTP_HX_REQUEST": "true"} if htmx else {}) | headers
        return RequestFactory().get("/", **extra)

    return made


@pytest.fixture
def answered():
    return lambda request, fault: problems.Problems(HttpResponse).process_exception(request, fault)


def test_a_problem_becomes_a_page_with_its_reason_and_the_next_step(get, answered):
    answer = answered(get(), CrewGone(crew="桥西1组"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "桥西1组 was sent elsewhere." in page
    assert "晚了一步" in page
    assert "sample.crew_gone" in page


@pytest.mark.parametrize(("role", "home"), [("portal", "110"), ("web", "sw-bar")])
def test_a_resident_meets_a_problem_on_a_page_of_his_own(get, answered, monkeypatch, role, home):
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, role=role))

    page = answered(get(), Http404()).content.decode()

    assert "这里没有东西" in page
    assert home in page


def test_htmx_gets_a_fragment_that_stands_beside_the_field(get, answered):
    answer = answered(get(htmx=True), CrewGone(crew="桥西1组"))

    assert answer.content.decode().startswith('<p class="sw-problem" role="alert"')
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("request_as", [{"accept": "application/json"}, {"CONTENT_TYPE": "application/json"}])
def test_a_program_gets_json_that_names_the_field(get, answered, request_as):
    answer = answered(get(**request_as), CrewGone(crew="桥西1组", field="unit"))

    said = json.loads(answer.content)
    assert said == {"code": "sample.crew_gone", "message": "桥西1组 was sent elsewhere.", "field": "unit"}


@pytest.mark.parametrize(
    ("fault", "status", "head"),
    [
        (Http404(), 404, "这里没有东西"),
        (RequestDataTooBig(), 413, "太大了"),
        (Unavailable("sms"), 503, "现在不行"),
        (TooOften(), 429, "试得太多了"),
    ],
)
def test_every_refusal_has_words(get, answered, fault, status, head):
    answer = answered(get(), fault)

    assert answer.status_code == status
    assert f"<h1>{head}</h1>" in answer.content.decode()


def test_an_outside_system_says_when_to_try_again(get, answered):
    assert answered(get(), Unavailable("sms", retry_after_s=30)).headers["Retry-After"] == "30"


def test_a_fault_of_ours_is_not_swallowed(get, answered):
    assert answered(get(), ZeroDivisionError()) is None


def test_a_fault_of_ours_shows_only_a_reference(get):
    answer = problems.fault(get())

    assert answer.status_code == 500
    assert "page.fault" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_what_cannot_be_read_is_refused_before_a_view_sees_it(get):
    assert problems.unreadable(get(), SuspiciousOperation()).status_code == 400
    assert problems.unreadable(get(), RequestDataTooBig()).status_code == 413


def test_a_method_that_is_not_open_is_answered_in_words(get):
    answer = problems.Problems(lambda _: HttpResponseNotAllowed(["POST"]))(get())

    assert answer.headers["Allow"] == "POST"
    assert "这个地址不接受这样的请求" in answer.content.decode()


def test_going_back_never_leads_elsewhere(get):
    page = problems.answer_to(get(HTTP_REFERER="https://elsewhere.example/"), TooOften()).content.decode()

    assert "elsewhere" not in page
    assert 'href="/"' in page


def test_the_page_is_in_the_language_of_the_reader(get):
    with translation.override("en"):
        page = problems.answer_to(get(), TooOften()).content.decode()

    assert "<h1>Too often</h1>" in page
