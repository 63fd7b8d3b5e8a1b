"""What a look may be for, and on what legal basis. Both lists are closed: a look without one of each is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Why an identity is read, in the words the person himself will read."""

    HANDLING = "handling", _("handling this matter")
    CALL_BACK = "call_back", _("calling back about this matter")
    VISIT = "visit", _("coming by about this matter")
    CORRECTION = "correction", _("correcting what is kept, at the person's own wish")
    OWN_REQUEST = "own_request", _("giving the person what is held about him")
    COMPLAINT = "complaint", _("looking into a complaint")
    SUPERVISION = "supervision", _("checking how this matter was handled")


class Basis(models.TextChoices):
    """Legal basis of a read. Source  Personal Information Protection Law 13 (C21)"""

    CONSENT = "consent", _("consent, which can be withdrawn")
    STATUTORY_DUTY = "statutory_duty", _("a duty fixed by law: handling this receipt")
    CONTRACT_OR_HR = "contract_or_hr", _("a contract or staff rules")
    EMERGENCY = "emergency", _("urgent danger to life, health or property")
    OWN_PUBLIC = "own_public", _("made public by the person")
    OTHER_STATUTE = "other_statute", _("another law")


class Told(models.TextChoices):
    """The parts of an identity that can be read one by one."""

    NAME = "name", _("name")
    NUMBER = "number", _("number")
    ADDRESS = "address", _("address")
    EMAIL = "email", _("e-mail")
