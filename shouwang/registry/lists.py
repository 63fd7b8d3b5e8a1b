"""The closed lists of the registers: population category, documents, housing, units, declarations.

What is not in a list is `other`. Codes of outside systems are mapped where those systems are connected.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Register(models.TextChoices):
    """What can be looked at, one record at a time."""

    IDENTITY = "identity", _("what a party told")
    RESIDENT = "resident", _("resident")
    DWELLING = "dwelling", _("dwelling")
    ORGANISATION = "organisation", _("organisation")
    DECLARATION = "declaration", _("declaration")
    REQUEST = "request", _("request about one’s own record")
    EDIT = "edit", _("form from a phone")


class Category(models.TextChoices):
    """Table C6: the relation of the registration to the place. Never about risk, never about origin (REG-04)."""

    REGISTERED = "registered", _("Registered here")
    MIGRANT = "migrant", _("Registered elsewhere, lives here")
    UNREGISTERED = "unregistered", _("Not registered anywhere yet")
    ABROAD = "abroad", _("From abroad")
    LODGING = "lodging", _("Lodging for a while")
    OTHER = "other", pgettext_lazy("register", "Other")


class DocumentKind(models.TextChoices):
    """Table C9."""

    ID_CARD = "id_card", _("Identity card")
    TEMPORARY_ID_CARD = "temporary_id_card", _("Temporary identity card")
    HOUSEHOLD_BOOKLET = "household_booklet", _("Household booklet")
    MILITARY_OFFICER_CARD = "military_officer_card", _("Military officer’s card")
    ARMED_POLICE_CARD = "armed_police_card", _("Armed police officer’s card")
    DRIVING_LICENCE = "driving_licence", _("Driving licence")
    PASSPORT = "passport", _("Passport")
    TAIWAN_PERMIT = "taiwan_permit", _("Mainland travel permit for Taiwan residents")
    HK_MACAO_TRAVEL_PERMIT = "hk_macao_travel_permit", _("Permit for travel to Hong Kong and Macao")
    HK_MACAO_RESIDENT_PERMIT = "hk_macao_resident_permit", _("Mainland travel permit for Hong Kong and Macao residents")
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit", _("Residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGN_PERMANENT_RESIDENT_CARD = "foreign_permanent_resident_card", _("Foreign permanent resident’s card")
    OTHER = "other", pgettext_lazy("register", "Other")


class Sex(models.IntegerChoices):
    """IDN-07, GB/T 2261.1."""

    UNKNOWN = 0, pgettext_lazy("sex", "unknown")
    MALE = 1, pgettext_lazy("sex", "male")
    FEMALE = 2, pgettext_lazy("sex", "female")
    NOT_STATED = 9, pgettext_lazy("sex", "not stated")


class Relation(models.TextChoices):
    """How a person belongs to a dwelling (table 3.3)."""

    OWNER = "owner", _("Owner")
    FAMILY = "family", _("Family of the owner or tenant")
    TENANT = "tenant", _("Tenant")
    LODGER = "lodger", _("Lodger")
    STAFF = "staff", _("Housed by the employer")


class BuildingUse(models.TextChoices):
    """Table C7."""

    DWELLING = "dwelling", pgettext_lazy("building", "Housing")
    TRADE = "trade", pgettext_lazy("building", "Trade")
    OFFICE = "office", pgettext_lazy("building", "Offices")
    INDUSTRY = "industry", _("Industry")
    STORAGE = "storage", _("Storage")
    MIXED = "mixed", _("Trade and housing")
    OTHER = "other", pgettext_lazy("register", "Other")


class Occupancy(models.TextChoices):
    """Table 3.4."""

    OWNER = "owner", _("Lived in by the owner")
    LET = "let", pgettext_lazy("dwelling", "Let")
    VACANT = "vacant", _("Vacant")
    BORROWED = "borrowed", _("Lent")
    DORMITORY = "dormitory", _("Dormitory")


class LetFor(models.TextChoices):
    """Table C7: what it is let for."""

    DORMITORY = "dormitory", _("Dormitory")
    HOUSING = "housing", _("Housing")
    SHOP = "shop", _("Shop")
    WAREHOUSE = "warehouse", _("Warehouse")
    WORKSHOP = "workshop", _("Workshop")
    OTHER = "other", pgettext_lazy("register", "Other")


class UnitKind(models.TextChoices):
    """Table C8; `ordinary` is a unit without a trade that needs a licence."""

    ORDINARY = "ordinary", _("Ordinary unit")
    SPECIAL_TRADE = "special_trade", _("Special trade")
    PUBLIC_VENUE = "public_venue", _("Public venue")
    PROTECTED_UNIT = "protected_unit", _("Protected unit")
    DANGEROUS_GOODS_UNIT = "dangerous_goods_unit", _("Unit with dangerous goods")
    INTERNET_VENUE = "internet_venue", _("Internet venue")
    FOREIGN_RELATED_UNIT = "foreign_related_unit", _("Unit with foreign affairs")


class Trade(models.TextChoices):
    """Table C8: the trades among the special ones."""

    LODGING_TRADE = "lodging_trade", pgettext_lazy("trade", "Hotel or inn")
    PRINTING = "printing", pgettext_lazy("trade", "Printing")
    LOCKSMITH = "locksmith", pgettext_lazy("trade", "Locksmith")
    SEAL_ENGRAVING = "seal_engraving", pgettext_lazy("trade", "Seal engraving")
    PAWNBROKING = "pawnbroking", pgettext_lazy("trade", "Pawnbroking")
    SECOND_HAND = "second_hand", pgettext_lazy("trade", "Second-hand goods")
    SCRAP_METAL = "scrap_metal", pgettext_lazy("trade", "Scrap metal")
    VEHICLE_REPAIR = "vehicle_repair", pgettext_lazy("trade", "Vehicle repair")


class StaffBand(models.TextChoices):
    UNDER_10 = "under_10", _("under 10")
    UNDER_50 = "under_50", _("10 to 49")
    UNDER_300 = "under_300", _("50 to 299")
    FROM_300 = "from_300", _("300 and more")


class Source(models.TextChoices):
    """How a record came here."""

    DECLARED = "declared", _("declared by the person")
    NOTIFIED = "notified", _("notified by landlord or employer")
    VISIT = "visit", _("taken down on a visit")
    COUNTER = "counter", _("taken down at the counter")
    SHEET = "sheet", _("taken over from a sheet")


class Declarer(models.TextChoices):
    """Who declares (table 3.6)."""

    SELF = "self", _("the person himself")
    LANDLORD = "landlord", _("landlord")
    EMPLOYER = "employer", _("employer")
    AGENT = "agent", _("agent")
    PROPERTY_MANAGER = "property_manager", _("property manager")
    HOST = "host", _("host")
    OFFICER = "officer", _("officer, on a visit or at the counter")


class DeclarationState(models.TextChoices):
    FILED = "filed", pgettext_lazy("declaration", "Filed")
    CHECKED = "checked", pgettext_lazy("declaration", "Identity checked")
    ACCEPTED = "accepted", pgettext_lazy("declaration", "Registered")
    REFUSED = "refused", pgettext_lazy("declaration", "Not registered")
    WITHDRAWN = "withdrawn", pgettext_lazy("declaration", "Withdrawn")


class RequestKind(models.TextChoices):
    """What a person may ask about what is held of him. Source  Personal Information Protection Law 44–48"""

    CORRECT = "correct", _("Put something right")
    OBJECT = "object", _("Object to a use")
    ERASE = "erase", _("Delete what is held")
    EXPLAIN = "explain", _("Ask why somebody looked")


class RequestState(models.TextChoices):
    FILED = "filed", pgettext_lazy("request", "Being worked on")
    DONE = "done", pgettext_lazy("request", "Done")
    REFUSED = "refused", pgettext_lazy("request", "Not done")
