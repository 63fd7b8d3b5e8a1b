"""What the journal says that somebody should hear of: the reporter, watchers, the holder of a clock, a crew."""

from __future__ import annotations

from uuid import UUID

from shouwang.core.clock import now
from shouwang.dispatch.models import Assignment
from shouwang.journal.reactions import EntryView, on
from shouwang.matters.kinds import kind_of
from shouwang.matters.models import Matter
from shouwang.matters.watching import watchers_of
from shouwang.notices import mobilising  # noqa: F401 (registers its own)
from shouwang.notices.emergencies import tell_judges, tell_kin_instead, tell_who_was_opened
from shouwang.notices.models import Channel, RecipientKind
from shouwang.notices.odd_looks import tell_its_maker, tell_who_hears
from shouwang.notices.requests import tell_its_author
from shouwang.notices.telling import To, tell, tell_crew, tell_parties
from shouwang.notices.vehicles import tell_owner
from shouwang.people.models import Person, Post
from shouwang.registry.models import Emergency
from shouwang.registry.purposes import Purpose


def _matter(entry: EntryView) -> Matter | None:
    return Matter.objects.filter(pk=entry.subject).first()


def _may_be_told(matter: Matter | None) -> bool:
    """Whether a message cannot give the caller away: he asked for silence, or it is of a sort that is never told."""
    if matter is None or matter.facts.get("silent"):
        return False
    sort = kind_of(matter.kind).subkinds.get(matter.subkind)
    return sort is None or not sort.untold


@on("submission.code")
def send_the_code(entry: EntryView) -> None:
    """A one-time code to whoever reported the matter; the code is made when it is sent."""
    matter = _matter(entry)
    if matter is not None:
        tell_parties(matter, "one_time_code", at=now())


@on("contact.asked")
def send_a_code_to_a_contact(entry: EntryView) -> None:
    """Whoever opens an account, changes its number or lost the way in proves that messages reach him there."""
    tell(to=To(RecipientKind.PROOF, entry.subject), wording="one_time_code", at=now(), channel=Channel.ANY)


@on("matter.new")
def tell_that_it_was_received(entry: EntryView) -> None:
    matter = _matter(entry)
    if matter is not None and _may_be_told(matter) and entry.verb.endswith(".open"):
        tell_parties(matter, "received", at=now(), reference=matter.reference)


@on("assignment.sent")
def tell_that_a_crew_is_coming(entry: EntryView) -> None:
    matter = _matter(entry)
    if matter is not None and _may_be_told(matter) and _moved_by(entry):
        tell_parties(matter, "crew_sent", at=now(), reference=matter.reference)


@on("assignment.arrived")
def tell_that_the_crew_is_there(entry: EntryView) -> None:
    matter = _matter(entry)
    if matter is not None and _may_be_told(matter) and _moved_by(entry):
        tell_parties(matter, "crew_arrived", at=now(), reference=matter.reference)


@on("matter.done")
def tell_how_it_ended(entry: EntryView) -> None:
    matter, tells = _matter(entry), _tells(entry)
    if matter is None or not _may_be_told(matter):
        return
    if "questionnaire" in tells:
        tell_parties(matter, "questionnaire", at=now(), reference=matter.reference)
    elif "parties" in tells:
        tell_parties(matter, "done", at=now(), reference=matter.reference)


@on("matter.active", "matter.waiting", "matter.changed")
def tell_that_it_moves(entry: EntryView) -> None:
    """Inside the application only: not every step is worth a message."""
    matter = _matter(entry)
    if matter is not None and "parties" in _tells(entry):
        tell_parties(matter, "progress", at=now(), reference=matter.reference)


@on("matter.new", "matter.active", "matter.waiting", "matter.changed")
def tell_with_whom_it_stands_now(entry: EntryView) -> None:
    """Handed over, issued or fed back: whoever answers for it now, unless he did it himself."""
    matter = _matter(entry)
    post = matter.responsible if matter is not None and "responsible" in _tells(entry) else None
    if matter is None or post is None or post.person_id == entry.by.person_id:
        return
    to = To.person(post.person_id, post.person.language)
    tell(to=to, wording="given", matter=matter.id, at=now(), channel=Channel.IN_APP, reference=matter.reference)


@on("matter.active", "matter.waiting", "matter.changed", "matter.done", "matter.void")
def tell_watchers(entry: EntryView) -> None:
    matter = _matter(entry)
    if matter is None:
        return
    at = now()
    persons = [person for person in watchers_of(matter, at) if person != entry.by.person_id]
    for person, language in Person.objects.filter(id__in=persons).values_list("id", "language"):
        tell(
            to=To.person(person, language), wording="watched", matter=matter.id, at=at, channel=Channel.IN_APP,
            reference=matter.reference,
        )  # fmt: skip


@on("linkage.asked", "linkage.unanswered")
def tell_the_branch_or_the_duty_lead(entry: EntryView) -> None:
    """Asked of a branch: its desks; not answered in time: the duty lead of the call's ground."""
    matter, wording = _matter(entry), entry.topic.replace(".", "_")
    if matter is None:
        return
    posts = Post.objects.filter(pk__in=(entry.particulars or {}).get("posts", ())).select_related("person")
    for person, language in {post.person_id: post.person.language for post in posts}.items():
        to = To.person(person, language)
        tell(to=to, wording=wording, matter=matter.id, at=now(), channel=Channel.IN_APP, reference=matter.reference)


@on("alert.escalated")
def tell_the_lead_of_an_alert(entry: EntryView) -> None:
    """Nobody took notice of what a crew raised: whoever leads the shift on that ground."""
    told = entry.particulars or {}
    matter = UUID(told["matter"]) if told.get("matter") else None
    for person, language in Person.objects.filter(id__in=told.get("persons", ())).values_list("id", "language"):
        tell(to=To.person(person, language), wording="alert_escalated", matter=matter, at=now(), channel=Channel.IN_APP)


@on("matter.escalated", "matter.reminded")
def tell_whom_a_clock_has_reached(entry: EntryView) -> None:
    matter, holder = _matter(entry), (entry.particulars or {}).get("holder")
    post = Post.objects.filter(id=holder).select_related("person").first() if holder else None
    if matter is None or post is None:
        return
    tell(
        to=To.person(post.person_id, post.person.language), wording=entry.topic.partition(".")[2], matter=matter.id,
        at=now(), channel=Channel.IN_APP, reference=matter.reference,
    )  # fmt: skip


@on("assignment.undelivered")
def call_the_crew(entry: EntryView) -> None:
    """The phone of the unit did not receive its task: a short message and a call to whoever is on it."""
    assignment = Assignment.objects.filter(pk=entry.subject).select_related("matter").first()
    if assignment is None or not entry.particulars:
        return
    tell_crew(
        UUID(entry.particulars["unit"]), "task_waiting", at=now(), matter=assignment.matter_id,
        number=assignment.matter.number,
    )  # fmt: skip


@on("emergency.opened", "emergency.escalated")
def tell_who_judges_an_emergency(entry: EntryView) -> None:
    emergency = Emergency.objects.select_related("area").filter(pk=entry.subject).first()
    if emergency is not None:
        late = entry.topic.endswith("escalated")
        tell_judges(emergency, "emergency_late" if late else "emergency_to_judge", above=late, at=now())


@on("emergency.judged")
def tell_of_an_abuse(entry: EntryView) -> None:
    emergency = Emergency.objects.select_related("area").filter(pk=entry.subject).first()
    if emergency is not None and emergency.verdict == "abuse":
        tell_judges(emergency, "emergency_abuse", above=True, at=now())


@on("register.looked")
def tell_whose_record_an_emergency_opened(entry: EntryView) -> None:
    """At once in his account; outside as soon as the hour allows."""
    if (entry.particulars or {}).get("purpose") == Purpose.EMERGENCY:
        tell_who_was_opened(entry.id, at=now())


@on("matter.done", "matter.void")
def tell_the_family_of_an_emergency(entry: EntryView) -> None:
    """Who could not be told himself is told through his family, once the matter has ended."""
    tell_kin_instead(entry.subject, at=now())


@on("look.noticed")
def tell_whose_look_is_odd(entry: EntryView) -> None:
    tell_its_maker(entry.subject, at=now())


@on("look.passed")
def tell_who_hears_an_odd_look(entry: EntryView) -> None:
    tell_who_hears(entry.subject, at=now())


@on("vehicle.asked")
def tell_the_owner_of_a_vehicle(entry: EntryView) -> None:
    tell_owner(entry.subject, at=now())


@on("request.answered")
def tell_who_asked_about_himself(entry: EntryView) -> None:
    tell_its_author(entry.subject, at=now())


def _moved_by(entry: EntryView) -> bool:
    """Whether it was the first crew: the others change nothing for the caller."""
    return bool((entry.particulars or {}).get("first"))


def _tells(entry: EntryView) -> list[str]:
    return list((entry.particulars or {}).get("tells", []))
