"""Verbs: everything a post can give leave for. One alphabetical list, each with a plain sentence."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Verb(StrEnum):
    """`<resource>.<action>`."""

    ADDRESS_KEEP = "address.keep"
    AREA_APPROVE = "area.approve"
    AREA_CHECK = "area.check"
    AREA_DRAW = "area.draw"
    AREA_READ = "area.read"
    ASSIGNMENT_WORK = "assignment.work"
    AUDIT_READ = "audit.read"
    DEVICE_APPROVE = "device.approve"
    DIRECTIVE_ISSUE = "directive.issue"
    EQUIPMENT_KEEP = "equipment.keep"
    EQUIPMENT_READ = "equipment.read"
    EVENT_APPROVE = "event.approve"
    EVENT_PLAN = "event.plan"
    EVIDENCE_ADD = "evidence.add"
    EVIDENCE_OPEN_ORIGINAL = "evidence.open_original"
    FIGURES_READ = "figures.read"
    HAZARD_NOTE = "hazard.note"
    IDENTITY_LOOK = "identity.look"
    INSPECTION_NOTE = "inspection.note"
    LEVEL_APPROVE = "level.approve"
    LEVEL_APPROVE_HIGH = "level.approve_high"
    LEVEL_ORDER = "level.order"
    MATTER_CLOSE = "matter.close"
    MATTER_ENFORCE = "matter.enforce"
    MATTER_HAND_OVER = "matter.hand_over"
    MATTER_MERGE = "matter.merge"
    MATTER_NOTE = "matter.note"
    MATTER_OPEN = "matter.open"
    MATTER_READ = "matter.read"
    MATTER_SEAL = "matter.seal"
    MATTER_TRIAGE = "matter.triage"
    MATTER_WORK = "matter.work"
    MESSAGE_READ = "message.read"
    MESSAGE_SEND = "message.send"
    MOBILISATION_ORDER = "mobilisation.order"
    OWN_REPORT_FILE = "own_report.file"
    OWN_REPORT_READ = "own_report.read"
    PAST_APPROVE = "past.approve"
    PAST_ASK = "past.ask"
    PAST_HEAR = "past.hear"
    PAST_REPLAY = "past.replay"
    PAST_REVIEW = "past.review"
    PATROL_ORDER = "patrol.order"
    PATROL_READ = "patrol.read"
    PATROL_REVIEW = "patrol.review"
    PATROL_WALK = "patrol.walk"
    PERSON_INVITE = "person.invite"
    PERSON_READ = "person.read"
    POST_GIVE = "post.give"
    REGISTER_COUNT = "register.count"
    REGISTER_FILE = "register.file"
    REGISTER_FIND = "register.find"
    REGISTER_IMPORT = "register.import"
    REGISTER_KEEP = "register.keep"
    ROLE_NARROW = "role.narrow"
    ROSTER_READ = "roster.read"
    ROSTER_WRITE = "roster.write"
    ROUND_WALK = "round.walk"
    SCREEN_GIVE = "screen.give"
    SESSION_REVOKE = "session.revoke"
    SETTINGS_CHANGE = "settings.change"
    SHIFT_HAND_OVER = "shift.hand_over"
    SHIFT_SIGN = "shift.sign"
    STAFFING_READ = "staffing.read"
    STAFFING_WRITE = "staffing.write"
    UNIT_MANAGE = "unit.manage"
    UNIT_RECALL = "unit.recall"
    UNIT_SEND = "unit.send"
    UNIT_TRACK = "unit.track"


LABELS: dict[Verb, Promise] = {
    Verb.ADDRESS_KEEP: _("Enter, change and end standard addresses"),
    Verb.AREA_APPROVE: _("Approve a drawn boundary and bring it into force"),
    Verb.AREA_CHECK: _("Check a drawn boundary"),
    Verb.AREA_DRAW: _("Draw and name areas"),
    Verb.AREA_READ: _("See areas and who is responsible for them"),
    Verb.ASSIGNMENT_WORK: _("Sign, depart, arrive and report on one's own assignments"),
    Verb.AUDIT_READ: _("Read the journal of others' acts"),
    Verb.DEVICE_APPROVE: _("Approve a phone, report it lost"),
    Verb.DIRECTIVE_ISSUE: _("Issue directives, and verify what was fed back"),
    Verb.EQUIPMENT_KEEP: _("Issue, take back and count equipment"),
    Verb.EQUIPMENT_READ: _("See what equipment there is and who has it"),
    Verb.EVENT_APPROVE: _("Approve the plans of events of the offices below"),
    Verb.EVENT_PLAN: _("Plan events and exams kept safe, let them begin and stand them down"),
    Verb.EVIDENCE_ADD: _("Add photos and recordings"),
    Verb.EVIDENCE_OPEN_ORIGINAL: _("Open an original, with a reason"),
    Verb.FIGURES_READ: _("See counts and figures"),
    Verb.HAZARD_NOTE: _("Note hazards, troubles and observations"),
    Verb.IDENTITY_LOOK: _("Look up who a party is, for a purpose"),
    Verb.INSPECTION_NOTE: _("Write inspection notes, and settle what was answered"),
    Verb.LEVEL_APPROVE: _("Approve and lift duty levels that a duty chief may"),
    Verb.LEVEL_APPROVE_HIGH: _("Approve and lift the highest duty levels, set what each asks"),
    Verb.LEVEL_ORDER: _("Propose a duty level"),
    Verb.MATTER_CLOSE: _("Close with an outcome"),
    Verb.MATTER_ENFORCE: _("Question, inspect, decide (sworn officers only)"),
    Verb.MATTER_HAND_OVER: _("Hand a matter over"),
    Verb.MATTER_MERGE: _("Join duplicates and take them apart"),
    Verb.MATTER_NOTE: _("Write notes"),
    Verb.MATTER_OPEN: _("Open matters"),
    Verb.MATTER_READ: _("See matters"),
    Verb.MATTER_SEAL: _("Seal, and name who may see"),
    Verb.MATTER_TRIAGE: _("Set kind, urgency, place and next step"),
    Verb.MATTER_WORK: _("Take the steps of handling"),
    Verb.MESSAGE_READ: _("Read messages of the desk and the crews"),
    Verb.MESSAGE_SEND: _("Send messages"),
    Verb.MOBILISATION_ORDER: _("Call everybody to duty, and end it"),
    Verb.OWN_REPORT_FILE: _("File a report"),
    Verb.OWN_REPORT_READ: _("See one's own reports"),
    Verb.PAST_APPROVE: _("Approve asking which units were at a place, and keeping tracks for a matter"),
    Verb.PAST_ASK: _("Ask for one matter which units were at a place, or that tracks be kept"),
    Verb.PAST_HEAR: _("Read findings with the words of those they are about, and settle them"),
    Verb.PAST_REPLAY: _("Replay what happened on the ground, and set it beside what was planned"),
    Verb.PAST_REVIEW: _("Review who answered for what in a serious case of the offices below"),
    Verb.PATROL_ORDER: _("Plan patrols, put people on them, brief and close them"),
    Verb.PATROL_READ: _("See patrol orders and their figures"),
    Verb.PATROL_REVIEW: _("Review closed patrols"),
    Verb.PATROL_WALK: _("Go on patrol, mark points and call for help"),
    Verb.PERSON_INVITE: _("Invite colleagues"),
    Verb.PERSON_READ: _("See colleagues and their posts"),
    Verb.POST_GIVE: _("Give and end posts"),
    Verb.REGISTER_COUNT: _("See how many people are registered, by grid and category"),
    Verb.REGISTER_FILE: _("File a declaration for somebody who lives or works there"),
    Verb.REGISTER_FIND: _("Find one resident or organisation, for a purpose"),
    Verb.REGISTER_IMPORT: _("Take a register over from a sheet, and undo it"),
    Verb.REGISTER_KEEP: _("Register, verify, correct and end who lives where"),
    Verb.ROLE_NARROW: _("Narrow a role for a place"),
    Verb.ROSTER_READ: _("See who is on duty"),
    Verb.ROSTER_WRITE: _("Put units and people on duty"),
    Verb.ROUND_WALK: _("Walk rounds, note what was done and keep one's diary"),
    Verb.SCREEN_GIVE: _("Sign in a wall screen"),
    Verb.SESSION_REVOKE: _("End others' sessions"),
    Verb.SETTINGS_CHANGE: _("Change settings"),
    Verb.SHIFT_HAND_OVER: _("Hand a shift over"),
    Verb.SHIFT_SIGN: _("Sign on and off one's own shift"),
    Verb.STAFFING_READ: _("See staffing, vacancies and postings"),
    Verb.STAFFING_WRITE: _("Set staffing rules and propose postings"),
    Verb.UNIT_MANAGE: _("Set up units"),
    Verb.UNIT_RECALL: _("Recall a unit"),
    Verb.UNIT_SEND: _("Send a unit"),
    Verb.UNIT_TRACK: _("See where units on shift are"),
}

# Yours to see, not to do → 403; not yours to see → 404: the verb that says whether a thing may be seen at all.
READ_VERBS: dict[str, Verb] = {
    "address": Verb.AREA_READ,
    "area": Verb.AREA_READ,
    "assignment": Verb.MATTER_READ,
    "audit": Verb.AUDIT_READ,
    "device": Verb.PERSON_READ,
    "directive": Verb.MATTER_READ,
    "equipment": Verb.EQUIPMENT_READ,
    "event": Verb.MATTER_READ,
    "evidence": Verb.MATTER_READ,
    "hazard": Verb.AREA_READ,
    "identity": Verb.MATTER_READ,
    "inspection": Verb.MATTER_READ,
    "level": Verb.ROSTER_READ,
    "matter": Verb.MATTER_READ,
    "message": Verb.MESSAGE_READ,
    "mobilisation": Verb.ROSTER_READ,
    "own_report": Verb.OWN_REPORT_READ,
    "past": Verb.ROSTER_READ,
    "patrol": Verb.PATROL_READ,
    "person": Verb.PERSON_READ,
    "post": Verb.PERSON_READ,
    "register": Verb.REGISTER_COUNT,
    "role": Verb.PERSON_READ,
    "roster": Verb.ROSTER_READ,
    "round": Verb.ROSTER_READ,
    "screen": Verb.AREA_READ,
    "session": Verb.PERSON_READ,
    "settings": Verb.SETTINGS_CHANGE,
    "shift": Verb.ROSTER_READ,
    "staffing": Verb.STAFFING_READ,
    "unit": Verb.ROSTER_READ,
}


def read_verb(verb: Verb) -> Verb:
    """What one must hold to know that the thing `verb` acts on exists."""
    return READ_VERBS.get(verb.value.partition(".")[0], verb)
