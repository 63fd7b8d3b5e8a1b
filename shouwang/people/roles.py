"""Roles: which verbs each gives, and on which tiers of ground it may stand. The whole policy on one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.people.verbs import Verb
from shouwang.places.models.area import Tier

OWN = frozenset({Verb.OWN_REPORT_FILE, Verb.OWN_REPORT_READ})  # everybody who signs in: his own reports, nothing more


@dataclass(frozen=True)
class Role:
    """What a post of this role gives.

    verbs      what its holder may do on the ground of the post
    hands_on   verbs he may give to others by a post without being able to use them himself
    sworn      only a sworn officer may hold it (AUX-01)
    admin      its verbs count only in an administration session that was switched on with a reason
    """

    label: Promise
    tiers: frozenset[str]
    verbs: frozenset[Verb]
    hands_on: frozenset[Verb] = frozenset()
    sworn: bool = False
    admin: bool = False


def _verbs(text: str, *more: Iterable[Verb]) -> frozenset[Verb]:
    return frozenset(Verb(word) for word in text.split()).union(OWN, *more)


_COLLEAGUE = _verbs("area.read person.read roster.read message.read patrol.read")
_HELPER = _verbs(
    "matter.read matter.note matter.work assignment.work evidence.add message.send shift.sign unit.track"
    " hazard.note round.walk patrol.walk",
    _COLLEAGUE,
)
_OFFICER = _verbs(
    "matter.open matter.close matter.enforce identity.look register.count register.file register.find register.keep",
    _HELPER,
)
_DISPATCHER = _verbs(
    "matter.read matter.open matter.triage matter.note matter.work matter.close matter.hand_over matter.merge unit.send"
    " unit.recall unit.track message.send identity.look evidence.add figures.read shift.hand_over"
    " register.count register.find hazard.note equipment.read",
    _COLLEAGUE,
)
_DUTY_LEAD = _verbs(
    "matter.seal evidence.open_original roster.write screen.give device.approve area.check shift.sign unit.manage"
    " equipment.keep level.order directive.issue event.plan staffing.read patrol.order patrol.walk"
    " past.ask past.hear past.replay",
    _DISPATCHER,
)
_COMMUNITY_OFFICER = _verbs(
    "matter.triage matter.hand_over matter.merge evidence.open_original figures.read area.draw address.keep"
    " register.import patrol.order",
    _OFFICER,
)
_CONTACT = OWN
_PATROL_HELPER = _verbs("patrol.walk")  # VOL-04: the place and the time of his own patrol, nothing else
_SECURITY_WORKER = _verbs("area.read roster.read shift.sign hazard.note", _PATROL_HELPER)
_GRID_WORKER = _verbs(
    "area.read roster.read message.read message.send shift.sign register.count register.file hazard.note round.walk"
    " patrol.walk"
)
_GRID_MANAGER = _verbs("person.read area.draw address.keep figures.read patrol.read", _GRID_WORKER)
_GRID_HEAD = _verbs("area.check person.invite post.give staffing.read staffing.write", _GRID_MANAGER)
_STATION_HEAD = _verbs(
    "area.approve person.invite post.give session.revoke level.approve event.approve mobilisation.order staffing.write"
    " patrol.review past.approve past.review",
    _DUTY_LEAD,
    _COMMUNITY_OFFICER,
)
_INSPECTOR = _verbs(
    "matter.read matter.open matter.note matter.seal evidence.open_original identity.look audit.read unit.track"
    " figures.read equipment.read inspection.note staffing.read past.ask past.replay past.review",
    _COLLEAGUE,
)
_AUDITOR = _verbs("matter.read audit.read figures.read equipment.read staffing.read", _COLLEAGUE)
_BUREAU_HEAD = _verbs("level.approve_high", _STATION_HEAD, _GRID_HEAD, _INSPECTOR, _AUDITOR)
_SYSTEM_ADMIN = _verbs("settings.change area.read")
_SECURITY_ADMIN = _verbs(
    "person.read person.invite post.give role.narrow device.approve session.revoke screen.give area.read"
)
_AUDIT_ADMIN = _verbs("audit.read person.read area.read")

_OFFICES = frozenset({Tier.BUREAU.value, Tier.STATION.value})
_POLICE_GROUND = _OFFICES | {Tier.COMMUNITY.value, Tier.GRID.value}
_GOVERNMENT_GROUND = frozenset({Tier.COUNTY.value, Tier.TOWNSHIP.value, Tier.COMMUNITY.value})
_BUREAU = frozenset({Tier.BUREAU.value})
_TOP = frozenset({Tier.BUREAU.value, Tier.COUNTY.value})

ROLE_TABLE: dict[str, Role] = {
    "bureau_head": Role(_("Bureau head"), _BUREAU, _BUREAU_HEAD, sworn=True),
    "station_head": Role(_("Station head"), frozenset({Tier.STATION.value}), _STATION_HEAD | _GRID_HEAD, sworn=True),
    "duty_lead": Role(_("Duty lead"), _OFFICES, _DUTY_LEAD, sworn=True),
    "dispatcher": Role(_("Dispatcher"), _OFFICES, _DISPATCHER),
    "community_officer": Role(_("Community officer"), _POLICE_GROUND - _OFFICES, _COMMUNITY_OFFICER, sworn=True),
    "police_officer": Role(_("Police officer"), _POLICE_GROUND, _OFFICER, sworn=True),
    "auxiliary": Role(_("Auxiliary"), _POLICE_GROUND, _HELPER),
    "grid_head": Role(_("Grid head"), _GOVERNMENT_GROUND, _GRID_HEAD),
    "deputy_grid_head": Role(
        _("Deputy grid head"), _GOVERNMENT_GROUND, _GRID_HEAD - {Verb.POST_GIVE, Verb.STAFFING_WRITE}
    ),
    "grid_manager": Role(_("Grid manager"), _GOVERNMENT_GROUND | {Tier.GRID.value}, _GRID_MANAGER),
    "grid_worker": Role(_("Grid worker"), frozenset({Tier.COMMUNITY.value, Tier.GRID.value}), _GRID_WORKER),
    "neighbourhood_contact": Role(
        _("Neighbourhood contact"), frozenset({Tier.GRID.value, Tier.GRID_POINT.value}), _CONTACT
    ),
    "security_worker": Role(
        _("Full-time security worker"), frozenset({Tier.COMMUNITY.value, Tier.GRID.value}), _SECURITY_WORKER
    ),
    "patrol_helper": Role(_("Patrol helper"), frozenset({Tier.COMMUNITY.value, Tier.GRID.value}), _PATROL_HELPER),
    "inspector": Role(_("Inspector"), _BUREAU, _INSPECTOR, sworn=True),
    "auditor": Role(_("Auditor"), _TOP, _AUDITOR),
    "system_admin": Role(_("System administrator"), _TOP, _SYSTEM_ADMIN, admin=True),
    "security_admin": Role(
        _("Security administrator"), _TOP, _SECURITY_ADMIN, hands_on=_BUREAU_HEAD - _SECURITY_ADMIN, admin=True
    ),
    "audit_admin": Role(_("Audit administrator"), _TOP, _AUDIT_ADMIN, admin=True),
    "resident": Role(_("Resident"), frozenset(), OWN),
}

ROLES: dict[str, frozenset[Verb]] = {name: role.verbs for name, role in ROLE_TABLE.items()}
ADMIN_ROLES = frozenset(name for name, role in ROLE_TABLE.items() if role.admin)  # nobody holds two
CREW_VERBS = frozenset(  # what a crew's own posts give on a matter of another ground to which it was sent
    {
        Verb.ASSIGNMENT_WORK, Verb.EVIDENCE_ADD, Verb.IDENTITY_LOOK, Verb.MATTER_ENFORCE, Verb.MATTER_NOTE,
        Verb.MATTER_READ, Verb.MATTER_WORK, Verb.MESSAGE_SEND,
    }
)  # fmt: skip
SCREEN_VERBS = frozenset({Verb.MATTER_READ, Verb.UNIT_TRACK, Verb.ROSTER_READ, Verb.AREA_READ})


def roles_with(verb: Verb) -> list[str]:
    """Names of the roles that give `verb`."""
    return [name for name, verbs in ROLES.items() if verb in verbs]
