"""The data map in words for the person it speaks of: names of fields, purposes, bases, how long, what one may do."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.registry.purposes import Basis

NAMES: dict[str, Promise] = {  # of a field, whatever table it is in
    "name": _("Name"),
    "category": _("Kind of registration"),
    "doc_kind": _("Document"),
    "doc_no_enc": _("Document number"),
    "sex": _("Sex"),
    "birth_date_enc": _("Birth date (the year alone)"),
    "phone_enc": _("Telephone"),
    "emergency_contact_enc": _("Whom to call in an emergency"),
    "look_for_me": _("Wish to be looked for in an emergency"),
    "street": _("Street"),
    "area": _("Grid"),
    "source": _("Where it is from"),
    "basis": _("Legal basis"),
    "verified_at": _("Verified"),
    "verify_by": _("To be verified by"),
    "retain_until": _("Kept until"),
    "created_at": _("First written"),
    "dwelling": _("Address"),
    "address": _("Address"),
    "address_text": _("Address"),
    "relation": _("Belongs to the dwelling as"),
    "from_on": pgettext_lazy("holding", "From"),
    "to_on": pgettext_lazy("holding", "Expected until"),
    "ended_on": pgettext_lazy("holding", "Ended"),
    "declared_by": _("Declared by"),
    "declarer": _("Declared by"),
    "receipt_no": _("Receipt"),
    "building_use": _("Use of the building"),
    "occupancy": _("How it is lived in"),
    "rooms": _("Rooms"),
    "beds": _("Beds"),
    "let_for": _("Let for"),
    "letting_no": _("Letting number"),
    "last_check_on": _("Last safety check"),
    "kind": pgettext_lazy("holding", "Kind"),
    "happened_on": _("Happened on"),
    "filed_at": _("Filed at"),
    "state": pgettext_lazy("holding", "State"),
    "decided_at": pgettext_lazy("holding", "Answered at"),
    "decide_by": _("To be answered by"),
    "reason": _("Reason"),
    "remedy": _("What you can do"),
    "told_enc": _("What I said"),
    "wish_enc": _("What I said"),
    "name_enc": _("Name"),
    "number_enc": pgettext_lazy("holding", "Number"),
    "address_enc": _("Address"),
    "email_enc": pgettext_lazy("holding", "E-mail"),
    "protected": _("Asked to stay unnamed"),
    "do_not_contact": _("Wants no messages"),
    "shown": _("Number or e-mail"),
    "proven_at": _("Proven"),
    "label": _("Browser"),
    "started_at": _("Signed in"),
    "seen_at": _("Last used"),
    "ended_at": _("Signed out"),
    "at": _("When"),
    "register": _("Of what"),
    "purpose": pgettext_lazy("holding", "What for"),
    "fields": pgettext_lazy("holding", "What was seen"),
    "entry": _("Proof number"),
    "reference": _("Number of the matter"),
    "place_text": _("Place"),
    "words": _("What I said"),
    "opened_at": _("Reported at"),
    "closed_at": _("Brought to an end at"),
    "matter": _("Number of the matter"),
    "role": _("My part"),
    "quiet": _("Wants no messages"),
    "wording": _("What it said"),
    "queued_at": _("Sent at"),
    "read_at": _("Read at"),
}
NAMES_IN: dict[tuple[str, str], Promise] = {("matters.Matter", "kind"): _("Kind of matter")}

CLASSES = {
    "technical": _("technical"), "public": _("public"), "staff": _("about staff"), "personal": _("personal"),
    "sensitive": _("sensitive"), "secret": _("secret"),
}  # fmt: skip
PURPOSES = {  # as the data maps write them
    "keeps rows apart": _("keeps rows apart"),
    "describes the ground or the service": _("describes the ground or the service"),
    "shows who acted and who is responsible": _("shows who acted and who is responsible"),
    "bringing the matter to its end": _("bringing the matter to its end"),
    "reaching a person about his matter": _("reaching a person about his matter"),
    "showing who looked, when and why": _("showing who looked, when and why"),
    "knowing who lives here, so that help reaches him": _("knowing who lives here, so that help reaches him"),
    "reaching a person who asked for it": _("reaching a person who asked for it"),
    "knowing what stands here, and how safe it is": _("knowing what stands here, and how safe it is"),
    "saying how far a record can be relied on": _("saying how far a record can be relied on"),
    "finding one record again, for a purpose": _("finding one record again, for a purpose"),
    "showing what somebody was told, when and how": _("showing what somebody was told, when and how"),
    "showing its owner where he is signed in": _("showing its owner where he is signed in"),
    "telling accounts apart and reaching their holder": _("telling accounts apart and reaching their holder"),
}
BASES: dict[str, Promise | str] = {"none": _("none needed"), **{one.value: one.label for one in Basis}}
RETENTION = {
    "life": _("as long as what it belongs to"), "register": _("until the day “kept until”"),
    "ticket": _("two years after the matter ends"), "access": _("three years"), "sharing": _("three years"),
    "session": _("30 days"), "outbox": _("five months"), "net_log": _("six months"), "track": _("30 days"),
    "track_review": _("90 days"),
}  # fmt: skip
RIGHTS = {
    "none": _("nothing"), "see": _("see it"), "see_correct": _("see it, have it put right"),
    "see_correct_erase": _("see it, have it put right or deleted"), "yes": _("yes"), "no": _("no"),
}  # fmt: skip
