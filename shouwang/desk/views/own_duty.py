"""One's own duty: turns, leave and wishes, swaps, the calendar; and the day as it stands, for everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shouwang.core import clock
from shouwang.core.problem import Problem
from shouwang.desk.loading import actor_of
from shouwang.duty.mobilising.calling import calls_to
from shouwang.duty.models import Absence, AbsenceKind, RosterState, Swap, SwapState, Turn
from shouwang.duty.rosters.absences import AbsenceUnusable, ask_absence, decide_absence, leads, withdraw_absence
from shouwang.duty.rosters.exchanging import (
    SwapUnusable,
    answer_swap,
    ask_swap,
    decide_swap,
    withdraw_swap,
)
from shouwang.duty.rosters.feed import calendar_behind, give_feed, live_feeds, own_turns, take_feeds_back
from shouwang.duty.rosters.slots import slots_from
from shouwang.duty.rosters.standing import day_of, note_missed, rostered_for, sign_on_rostered, turns_seen
from shouwang.duty.shifts import on_shift
from shouwang.duty.units import units_seen_by
from shouwang.people.access import NotVisible, reaches, spans
from shouwang.people.models import Person
from shouwang.people.routes import opens_to, public
from shouwang.people.verbs import Verb

SHOWN = 30


@opens_to(Verb.SHIFT_SIGN)
@require_http_methods(["GET", "POST"])
def own_duty(request: HttpRequest) -> HttpResponse:
    """One's own turns and what one asked for; a POST asks for leave, or wishes."""
    if request.method == "GET":
        return _own(request)
    told = request.POST
    try:
        try:
            first, last = (dt.date.fromisoformat(told.get(name, "")) for name in ("first_on", "last_on"))
        except ValueError:
            raise AbsenceUnusable(field="first_on") from None
        ask_absence(kind=told.get("kind", ""), first_on=first, last_on=last, by=actor_of(request), at=clock.now())
    except Problem as refused:
        return _own(request, refused)
    return redirect("desk:own_duty")


def _own(request: HttpRequest, refused: Problem | None = None, feed: str = "") -> HttpResponse:
    by, at = actor_of(request), clock.now()
    if refused is not None and refused.status in (403, 404):
        raise refused
    assert by.person_id is not None
    today = clock.local_date(at)
    mine = own_turns(by.person_id, today)
    rosters = {turn.roster_id for turn in mine}
    others = Turn.objects.filter(roster__in=rosters, during__startswith__gt=at).exclude(person=by.person_id)
    swaps = Swap.objects.filter(Q(giver=by.person_id) | Q(taker=by.person_id)).order_by("-asked_at")
    absences = Absence.objects.filter(person=by.person_id, last_on__gte=today).order_by("first_on")
    others = others.select_related("person", "roster__area").order_by("on", "person__name")
    page: dict[str, Any] = {
        "nav": "own", "turns": _named(mine), "absences": absences, "kinds": AbsenceKind.choices, "today": today,
        "swaps": [(one, _swap_names(one)) for one in _full(swaps)[:SHOWN]], "others": _named(others),
        "colleagues": sorted({(str(one.person_id), one.person.name) for one in others}), "me": by.person_id,
        "called": calls_to(by.person_id, at),
        "problem": refused.message if refused else "", "feeds": live_feeds(by, at), "feed": feed,
    }  # fmt: skip
    return render(request, "desk/rosters/own.html", page, status=refused.status if refused else 200)


def _named(turns: Any) -> list[tuple[Turn, str]]:
    return [(turn, _name(turn)) for turn in turns]


def _name(turn: Turn) -> str:
    return next((slot.name for slot in slots_from(turn.roster.slots) if slot.code == turn.slot), "")


def _full(swaps: Any) -> Any:
    return swaps.select_related("given__roster__area", "taken__roster", "giver", "taker")


def _swap_names(one: Swap) -> tuple[str, str]:
    return _name(one.given), _name(one.taken) if one.taken else ""


@opens_to(Verb.SHIFT_SIGN, Verb.ROSTER_WRITE)
@require_POST
def absence(request: HttpRequest, key: UUID) -> HttpResponse:
    """Grant or refuse a colleague's leave, or take one's own back."""
    by, at, act = actor_of(request), clock.now(), request.POST.get("act", "")
    row = get_object_or_404(Absence, pk=key)
    if act == "withdraw":
        withdraw_absence(row, by=by, at=at)
        return redirect("desk:own_duty")
    if act not in ("grant", "refuse") or not leads(by, row.person_id, at):
        raise NotVisible
    decide_absence(row, granted=act == "grant", by=by, at=at)
    return redirect("desk:duty_rosters")


@opens_to(Verb.SHIFT_SIGN)
@require_POST
def swap_new(request: HttpRequest) -> HttpResponse:
    """Offer a turn: for one of a colleague's, or to a colleague for none."""
    by, at, told = actor_of(request), clock.now(), request.POST
    try:
        given = _turn(told.get("given"))
        taken = _turn(told.get("taken")) if told.get("taken") else None
        taker = taken.person if taken else Person.objects.filter(pk=_key(told.get("taker"))).first()
        if taker is None:
            raise SwapUnusable
        ask_swap(given, taker=taker, taken=taken, by=by, at=at)
    except Problem as refused:
        return _own(request, refused)
    return redirect("desk:own_duty")


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        raise SwapUnusable from None


def _turn(text: str | None) -> Turn:
    rows = Turn.objects.filter(pk=_key(text), roster__state=RosterState.IN_FORCE)
    found = rows.select_related("roster__area", "person").first()
    if found is None:
        raise SwapUnusable
    return found


@opens_to(Verb.SHIFT_SIGN, Verb.ROSTER_WRITE)
@require_POST
def swap(request: HttpRequest, key: UUID) -> HttpResponse:
    """The other agrees or not; whoever leads approves or not; who asked takes it back."""
    by, at, act = actor_of(request), clock.now(), request.POST.get("act", "")
    row = get_object_or_404(Swap.objects.select_related("given__roster__area"), pk=key)
    match act:
        case "agree" | "decline":
            answer_swap(row, agrees=act == "agree", by=by, at=at)
        case "withdraw":
            withdraw_swap(row, by=by, at=at)
        case "approve" | "refuse":
            decide_swap(row, approved=act == "approve", by=by, at=at)
            return redirect("desk:duty_day")
        case _:
            raise Http404
    return redirect("desk:own_duty")


@opens_to(Verb.SHIFT_SIGN)
@require_POST
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    """A new address for one's own calendar, shown now and never again; or none any more."""
    by, at = actor_of(request), clock.now()
    if request.POST.get("act") == "end":
        take_feeds_back(by=by, at=at)
        return redirect("desk:own_duty")
    address = reverse("desk:calendar", args=[give_feed(by=by, at=at)])
    return _own(request, feed=request.build_absolute_uri(address))


@public
@require_GET
@never_cache
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Opened by its secret alone, as calendar programs do."""
    text = calendar_behind(token, clock.now())
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


@opens_to(Verb.ROSTER_READ)
@require_GET
def day(request: HttpRequest) -> HttpResponse:
    return _day(request)


def _day(request: HttpRequest, refused: Problem | None = None) -> HttpResponse:
    by, at = actor_of(request), clock.now()
    if refused is not None and refused.status in (403, 404):
        raise refused
    try:
        shown = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        shown = clock.local_date(at)
    expected, below = day_of(shown, by, at)
    units = units_seen_by(by, at)
    out = on_shift([unit.pk for unit in units], at)
    ready = [(unit, rostered_for(unit, at)) for unit in units if unit.pk not in out] if expected else []
    swaps = Swap.objects.filter(
        reaches(spans(by, Verb.ROSTER_WRITE, at), "given__roster__area__"), state=SwapState.AGREED
    )
    page = {
        "nav": "day", "day": shown, "expected": expected, "below": below,
        "ready": [(unit, turns) for unit, turns in ready if turns], "problem": refused.message if refused else "",
        "swaps": [(one, _swap_names(one)) for one in _full(swaps)],
    }  # fmt: skip
    return render(request, "desk/rosters/day.html", page, status=refused.status if refused else 200)


@opens_to(Verb.ROSTER_WRITE)
@require_POST
def missed(request: HttpRequest, key: UUID) -> HttpResponse:
    """Somebody did not come, and what was done."""
    by, at = actor_of(request), clock.now()
    row = get_object_or_404(turns_seen(by, at), pk=key)
    try:
        note_missed(row, done=request.POST.get("done", ""), by=by, at=at)
    except Problem as refused:
        return _day(request, refused)
    return redirect(f"{reverse('desk:duty_day')}?on={row.on.isoformat()}")


@opens_to(Verb.SHIFT_SIGN, Verb.ROSTER_WRITE)
@require_POST
def sign_on(request: HttpRequest, key: UUID) -> HttpResponse:
    """A unit goes on duty with whom the roster names."""
    by, at, told = actor_of(request), clock.now(), request.POST
    unit = next((one for one in units_seen_by(by, at) if one.pk == key), None)
    if unit is None:
        raise NotVisible
    given = {turn.person_id: told.get(f"recorder-{turn.person_id}", "") for turn in rostered_for(unit, at)}
    try:
        sign_on_rostered(unit, recorders=given, no_recorder=told.get("no_recorder", ""), by=by, at=at)
    except Problem as refused:
        return _day(request, refused)
    return redirect("desk:duty_day")
