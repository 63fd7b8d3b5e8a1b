"""Coming in by a link: an invitation, the first start of a town, a wall screen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.people import cookies, first_run, inviting, screens
from shouwang.people.forms import FirstAdministratorForm, NewPasswordForm
from shouwang.people.routes import public
from shouwang.people.views.arriving import begin


@public
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    at = clock.now()
    person = inviting.person_invited(token, at)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = inviting.accept_invitation(token, password=form.cleaned_data["password"], at=at)
        except Problem as problem:
            form.add_error("password", problem.message)
        else:
            return begin(request, person, proven=False)
    page = {"form": form, "title": _("Welcome, {name}").format(name=person.name), "act": _("Set the password")}
    page["lead"] = _("Your login is {login}. Choose a password; the second factor comes next.").format(
        login=person.login
    )
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@public
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Which of the three administrations are free."""
    at = clock.now()
    first_run.check_link(token, at)
    return render(request, "people/first.html", {"seats": first_run.seats(at), "token": token})


@public
@require_http_methods(["GET", "POST"])
def first_seat(request: HttpRequest, token: str, role: str) -> HttpResponse:
    at = clock.now()
    first_run.check_link(token, at)
    seat = next((seat for seat in first_run.seats(at) if seat.role == role and seat.holder is None), None)
    if seat is None:
        raise first_run.SeatTaken
    form = FirstAdministratorForm(request.POST or None)
    if first_run.has_root():
        del form.fields["bureau"]
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data.get(name, "") for name in ("name", "login", "password", "bureau")}
        try:
            person = first_run.take_seat(token, role=role, at=at, **given)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return begin(request, person, proven=False)
    page = {"form": form, "title": seat.label, "act": _("Set the password")}
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@public
@require_http_methods(["GET"])
def screen(request: HttpRequest, token: str) -> HttpResponse:
    """What a wall screen opens first. Asking before acting: a link that is only looked at signs nothing in."""
    return render(request, "people/screen_in.html", {"token": token})


@public
@require_POST
def screen_in(request: HttpRequest, token: str) -> HttpResponse:
    if screens.screen_of(token, clock.now()) is None:
        raise inviting.InvitationOver
    response = redirect("/desk/wall/")
    cookies.write(request, response, cookies.SCREEN, token, lasts=screens.SCREEN_LASTS)
    cookies.remove(request, response, cookies.SESSION)
    return response
