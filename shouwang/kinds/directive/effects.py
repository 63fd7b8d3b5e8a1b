"""Checks and effects of the steps of a directive: who may take them, and with whom it stands afterwards."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.clock import local_date
from shouwang.core.problem import Problem
from shouwang.kinds.directive.opening import able_post
from shouwang.matters.ground import posts_over, responsible_for
from shouwang.matters.kinds import Act, Taking
from shouwang.matters.passing import make_responsible
from shouwang.people.access import posts_of
from shouwang.people.models import Post
from shouwang.people.roles import ROLES
from shouwang.people.verbs import Verb


class OwnDirective(Problem):
    code, status = "directive.own", 409
    says = _("Whoever issued it does not sign or carry it out for the others. Those it went to do.")


class NotTheIssuingOffice(Problem):
    code, status = "directive.not_the_office", 403
    says = _("Only the office that issued it verifies, sends back, closes or withdraws it.")


class FedBackYourself(Problem):
    code, status = "directive.by_another", 409
    says = _("Whoever fed back does not verify. Somebody else of the issuing office does.")


class NotOverYet(Problem):
    code, status = "directive.not_over", 409
    says = _("This directive still holds.")


def not_the_issuer(taking: Taking) -> None:
    """Raises OwnDirective"""
    if taking.by.person_id and taking.matter.facts.get("issued_by") == str(taking.by.person_id):
        raise OwnDirective


def by_issuing_office(taking: Taking) -> None:
    """Who holds a post there with the right to issue; shifts change, the office stays. Raises NotTheIssuingOffice"""
    if taking.by.is_system:
        return
    office = taking.matter.facts.get("issued_from")
    held = [post for post in posts_of(taking.by, taking.at) if Verb.DIRECTIVE_ISSUE in ROLES.get(post.role, ())]
    if not any(post.area.number == office for post in held):
        raise NotTheIssuingOffice


def by_another(taking: Taking) -> None:
    """Raises FedBackYourself"""
    if taking.matter.facts.get("fed_back_by") == str(taking.by.person_id):
        raise FedBackYourself


def is_over(taking: Taking) -> None:
    """Raises NotOverYet"""
    last = taking.matter.facts.get("expires_on")
    if not last or str(last) >= local_date(taking.at).isoformat():
        raise NotOverYet


def held_by_signer(taking: Taking) -> None:
    """From the signature on it stands with the post that signed."""
    matter = taking.matter
    mine = [post for post in posts_over(matter, taking.at, Verb.MATTER_WORK) if post.person_id == taking.by.person_id]
    if mine:
        make_responsible(matter, next((post for post in mine if post.pk == taking.by.post_id), mine[0]), taking.at)
    matter.facts["worked_by_post"] = str(matter.responsible_id)


def back_to_issuer(taking: Taking) -> None:
    """What was fed back waits with the post that issued it, or with whoever else may issue there.

    Set without touching the clocks: the one that ends here was held by the unit.
    """
    matter = taking.matter
    matter.facts["fed_back_by"] = str(taking.by.person_id or "")
    issuer = _held(matter.facts.get("issued_post"), taking)
    others = posts_over(matter, taking.at, Verb.DIRECTIVE_ISSUE)
    office = [post for post in others if post.area.number == matter.facts.get("issued_from")]
    matter.responsible = issuer or next(iter([*office, *others]), matter.responsible)


def back_to_unit(taking: Taking) -> None:
    """To the post that worked on it, or to whoever answers for the ground now."""
    key = taking.matter.facts.get("worked_by_post")
    worked = able_post(UUID(key), taking.matter, taking.at) if key else None
    taking.matter.responsible = worked or responsible_for(taking.matter, taking.at)


def _held(key: object, taking: Taking) -> Post | None:
    return Post.objects.held_at(taking.at).filter(pk=str(key)).first() if key else None


def end_as(outcome: str) -> Act:
    def put(taking: Taking) -> None:
        taking.matter.outcome = taking.noted["outcome"] = outcome

    return put


def end_as_fed_back(taking: Taking) -> None:
    taking.matter.outcome = taking.noted["outcome"] = taking.matter.facts.get("effect", "done")
