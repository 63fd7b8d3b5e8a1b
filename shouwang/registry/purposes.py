"""What a look may be for, and on what legal basis. Both lists are closed: a look without one of each is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why an identity is read, in the words the person himself will read."""

    HANDLING = "handling", _("handling this matter")
    CALL_BACK = "call_back", _("calling back about this matter")
    VISIT = "visit", _("coming by")
    CORRECTION = "correction", _("correcting what is kept, at the person's own wish")
    OWN_REQUEST = "own_request", _("giving the person what is held about him")
    COMPLAINT = "complaint", _("looking into a complaint")
    SUPERVISION = "supervision", _("checking how this matter was handled")
    REGISTRATION = "registration", _("registering who lives at an address")
    VERIFICATION = "verification", _("checking that a record is still right")
    EMERGENCY = "emergency", _("an emergency: danger to life or health")


class Basis(models.TextChoices):
    """Legal basis of a read. Source  Personal Information Protection Law 13 (C21)"""

    CONSENT = "consent", _("consent, which can be withdrawn")
    STATUTORY_DUTY = "statutory_duty", _("a duty fixed by law: handling this receipt")
    CONTRACT_OR_HR = "contract_or_hr", _("a contract or staff rules")
    EMERGENCY = "emergency", _("urgent danger to life, health or property")
    OWN_PUBLIC = "own_public", _("made public by the person")
    OTHER_STATUTE = "other_statute", _("another law")


class Told(models.TextChoices):
    """The parts of an identity or a record that can be read one by one."""

    NAME = "name", _("name")
    NUMBER = "number", _("number")
    ADDRESS = "address", _("address")
    EMAIL = "email", _("e-mail")
    CATEGORY = "category", _("kind of registration")
    DOC_KIND = "doc_kind", _("kind of document")
    DOC_NO = "doc_no", _("document number")
    SEX = "sex", _("sex")
    BIRTH_DATE = "birth_date", _("birth date")
    PHONE = "phone", _("telephone number")
    EMERGENCY_CONTACT = "emergency_contact", _("emergency contact")
    LOOK_FOR_ME = "look_for_me", _("wish to be looked for in an emergency")
    RESIDENCES = "residences", _("registered addresses")
    STATE = "state", _("state and dates of the record")
    HOUSING = "housing", _("use of the dwelling")
    LANDLORD_CONTACT = "landlord_contact", _("landlord’s contact")
    UNIT = "unit", _("name and kind of the unit")
    LICENCE = "licence", _("licence")
    UNIT_CONTACT = "unit_contact", _("person in charge")
    SAFETY = "safety", _("safety checks")
    DECLARED = "declared", _("what was declared")
    ASKED = "asked", _("what was asked for")


FINDING_FOR = (Purpose.HANDLING, Purpose.VISIT, Purpose.REGISTRATION, Purpose.VERIFICATION, Purpose.CORRECTION)
