"""Colleagues and their posts: the list, inviting, giving and ending posts, covers, phones that wait."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.people import devices, giving, inviting, inviting_many, sessions
from shouwang.people.access import NotVisible, Verb, may, reaches, spans
from shouwang.people.forms import CoverForm, InviteForm, PostForm
from shouwang.people.models import Device, Person, Post
from shouwang.people.models.device import DeviceState
from shouwang.people.models.person import Standing
from shouwang.people.roles import ROLE_TABLE
from shouwang.people.routes import opens_to
from shouwang.people.views.asking import by_of, person_of
from shouwang.places.models import Area

MOST_SHOWN = 200


@opens_to(Verb.PERSON_READ)
def people(request: HttpRequest) -> HttpResponse:
    by, at = by_of(request), clock.now()
    words = request.GET.get("q", "").strip()[:60]
    found = reached_people(by, at).prefetch_related(
        Prefetch("posts", Post.objects.held_at(at).select_related("area"), to_attr="held")
    )
    if words:
        found = found.filter(Q(name__contains=words) | Q(login__contains=words.lower()) | Q(badge=words))
    rows = [_row(person, by, at) for person in found.order_by("name")[:MOST_SHOWN]]
    page = {
        "rows": rows, "q": words, "most": MOST_SHOWN, "waiting": _waiting(by, at),
        "may_give": may(by, Verb.POST_GIVE, None, at), "may_invite": may(by, Verb.PERSON_INVITE, None, at),
        "may_set_up_units": may(by, Verb.UNIT_MANAGE, None, at),
    }  # fmt: skip
    return render(request, "people/people.html", page)


@opens_to(Verb.POST_GIVE)
@require_http_methods(["GET", "POST"])
def post_give(request: HttpRequest) -> HttpResponse:
    by, at = by_of(request), clock.now()
    staff = Person.objects.filter(active=True, standing=Standing.STAFF).exclude(pk=person_of(request).pk)
    areas = reached_areas(by, Verb.POST_GIVE, at)
    roles = giving.roles_to_give(areas, by=by, at=at)
    form = PostForm(
        request.POST or None, areas=areas, people=staff.order_by("name"), roles=roles,
        initial={"person": request.GET.get("person"), "area": request.GET.get("area")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            giving.give_post(
                person=given["person"], role=given["role"], area=given["area"], responsible=given["responsible"],
                until=form.until_at(), by=by, at=at,
            )  # fmt: skip
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return redirect("people:people")
    page = {"form": form, "title": _("Give a post"), "act": _("Give the post")}
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@opens_to(Verb.POST_GIVE)
@require_http_methods(["GET", "POST"])
def post_cover(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = by_of(request), clock.now()
    post = _reached_post(by, key, at)
    form = CoverForm(request.POST or None, people=reached_people(by, at).exclude(pk=post.person_id).order_by("name"))
    if request.method == "POST" and form.is_valid():
        try:
            giving.give_post(
                person=form.cleaned_data["person"], role=post.role, area=post.area, acting_for=post,
                until=form.until_at(), by=by, at=at,
            )  # fmt: skip
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return redirect("people:people")
    title = _("Cover for {person}, {area}").format(person=post.person.name, area=post.area.name)
    page = {"form": form, "title": title, "act": _("Give the cover")}
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


@opens_to(Verb.POST_GIVE)
@require_POST
def post_end(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = by_of(request), clock.now()
    giving.end_post(_reached_post(by, key, at), by=by, at=at)
    return redirect("people:people")


@opens_to(Verb.PERSON_INVITE)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    by, at = by_of(request), clock.now()
    areas = reached_areas(by, Verb.PERSON_INVITE, at)
    roles = giving.roles_to_give(areas, by=by, at=at) if may(by, Verb.POST_GIVE, None, at) else []
    form = InviteForm(request.POST or None, areas=areas, roles=roles, initial={"area": areas.first()})
    if request.method == "POST" and form.is_valid():
        try:
            person, token = _invited(form, by, at)
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        else:
            return _show_link(request, person, token)
    page = {"form": form, "title": _("Invite a colleague"), "act": _("Make the link")}
    return render(request, "people/form.html", page, status=422 if form.errors else 200)


def _invited(form: InviteForm, by: Actor, at: dt.datetime) -> tuple[Person, str]:
    """The person and the secret of his link; with the post where a role was chosen, and then both or neither."""
    given = form.cleaned_data
    about = {name: given[name] for name in ("name", "login", "sworn", "badge", "area")}
    if not given["role"]:
        return inviting.invite_person(**about, by=by, at=at)
    return inviting_many.invite_with_post(
        inviting_many.Newcomer(0, role=given["role"], responsible=given["responsible"], until=form.until_at(), **about),
        by=by, at=at,
    )  # fmt: skip


@opens_to(Verb.PERSON_INVITE)
@require_POST
def invite_again(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = by_of(request), clock.now()
    person = _reached_person(by, key, at)
    return _show_link(request, person, inviting.invite_again(person, by=by, at=at))


@opens_to(Verb.POST_GIVE)
@require_POST
def person_close(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = by_of(request), clock.now()
    inviting.close_account(_reached_person(by, key, at), by=by, at=at)
    return redirect("people:people")


@opens_to(Verb.SESSION_REVOKE)
@require_POST
def sessions_end(request: HttpRequest, key: UUID) -> HttpResponse:
    by, at = by_of(request), clock.now()
    sessions.end_sessions_of(_reached_person(by, key, at), by=by, at=at)
    return redirect("people:people")


@opens_to(Verb.DEVICE_APPROVE)
@require_POST
def phone_approve(request: HttpRequest, key: UUID) -> HttpResponse:
    device = Device.objects.select_related("person").filter(pk=key).first()
    if device is None:
        raise NotVisible
    devices.approve_device(device, by=by_of(request), at=clock.now())
    return redirect("people:people")


def reached_people(by: Actor, at: dt.datetime) -> QuerySet[Person]:
    """Colleagues with a post on the ground of `by`, and those invited who have none yet for whoever gives posts."""
    held = Post.objects.filter(reaches(spans(by, Verb.PERSON_READ, at), "area__"), during__contains=at)
    found = Q(posts__in=held)
    if may(by, Verb.POST_GIVE, None, at):
        found |= ~Q(pk__in=Post.objects.filter(during__contains=at).values("person"))
    return Person.objects.filter(found, active=True, standing=Standing.STAFF).distinct()


def reached_areas(by: Actor, verb: Verb, at: dt.datetime) -> QuerySet[Area]:
    return Area.objects.filter(reaches(spans(by, verb, at))).order_by("duty_path", "government_path")


def _row(person: Person, by: Actor, at: dt.datetime) -> dict[str, Any]:
    held: list[Post] = getattr(person, "held", [])
    posts = [
        {"post": post, "label": ROLE_TABLE[post.role].label, "may_end": giving.may_end(post, by=by, at=at)}
        for post in held
        if post.role in ROLE_TABLE
    ]
    return {"person": person, "posts": posts, "may_end": any(one["may_end"] for one in posts)}


def _waiting(by: Actor, at: dt.datetime) -> QuerySet[Device]:
    """Phones that ask to be bound, of people on the ground where `by` may approve them."""
    held = Post.objects.filter(reaches(spans(by, Verb.DEVICE_APPROVE, at), "area__"), during__contains=at)
    return Device.objects.filter(state=DeviceState.WAITING, person__posts__in=held).select_related("person").distinct()


def _reached_post(by: Actor, key: UUID, at: dt.datetime) -> Post:
    found = Post.objects.filter(reaches(spans(by, Verb.PERSON_READ, at), "area__"), pk=key)
    post = found.select_related("area", "person").first()
    if post is None:
        raise NotVisible
    return post


def _reached_person(by: Actor, key: UUID, at: dt.datetime) -> Person:
    person = reached_people(by, at).filter(pk=key).first()
    if person is None:
        raise NotVisible
    return person


def _show_link(request: HttpRequest, person: Person, token: str) -> HttpResponse:
    link = request.build_absolute_uri(reverse("people:invitation", args=[token]))
    days = inviting.INVITATION_LASTS.days
    page = {"person": person, "link": link, "days": days, "bare": not person.posts.exists()}
    return render(request, "people/invited.html", page)
