"""What an entry of the registry is called."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
from shouwang.registry.declaring import KINDS
from shouwang.registry.lists import Register, Relation, RequestKind
from shouwang.registry.models.emergency import Verdict
from shouwang.registry.models.odd import Heard, OddRule
from shouwang.registry.models.vehicle import VehicleReason
from shouwang.registry.purposes import Basis, Purpose, Told


def _fields(fields: object) -> str:
    return str(_(", ")).join(str(Told(str(field)).label) for field in fields) if isinstance(fields, list) else ""


say(
    "identity.look",
    _("{who} saw {fields}, for {purpose}"),
    purpose=dict(Purpose.choices),
    basis=dict(Basis.choices),
    fields=_fields,
)
say("identity.read_for_sending", _("Numbers of {n_identities} people were read to send them messages"))
say("identity.read_for_rotation", _("What {n_identities} people told was sealed under a new key"))
say("identity.read_for_purge", _("What {n_identities} people told was erased, because its time was over"))
say("retention.purge", _("{n_erased} rows of {model} were erased, because their time was over; {n_left} are left"))
_PURPOSE, _REGISTER = dict(Purpose.choices), dict(Register.choices)
_KINDS = {name: kind.label for name, kind in KINDS.items()}

say("finding.purpose", _("{who} said what he was looking for somebody for: {purpose}"), purpose=_PURPOSE)
say(
    "register.search",
    _("{who} searched for a {register}, for {purpose}; {n_found} possible were shown, masked"),
    purpose=_PURPOSE,
    register=_REGISTER,
)
say(
    "register.look",
    _("{who} opened the record of a {register} and saw {fields}, for {purpose}"),
    purpose=_PURPOSE,
    register=_REGISTER,
    fields=_fields,
)
say("residence.register", _("{who} registered a residence ({relation})"), relation=dict(Relation.choices))
say("residence.verify", _("{who} verified a residence"))
say("residence.end", _("{who} ended a residence on {ended_on}"))
say("resident.correct", _("{who} corrected {fields} of a resident"), fields=_fields)
say("declaration.file", _("{who} filed a declaration: {kind}"), kind=_KINDS)
say("declaration.accept", _("{who} registered what was declared: {kind}"), kind=_KINDS)
say("declaration.refuse", _("{who} did not register what was declared: {kind}"), kind=_KINDS)
say(
    "building.open",
    _("{who} saw how many live in a building ({n_homes} homes), for {purpose}"),
    purpose=_PURPOSE,
)
say("declaration.check", _("{who} saw the person and the document for a declaration: {kind}"), kind=_KINDS)
say("declaration.take_back", _("A declaration went as the sheet that brought it was undone: {kind}"), kind=_KINDS)
say("declaration.withdraw", _("Whoever declared it took it back"))
say("register.mark_stale", _("{n_rows} records of the registers were due to be verified and are marked"))
say(
    "register.follow",
    _("{n_dwellings} dwellings, {n_organisations} organisations and {n_residents} residents followed the new borders"),
)
say("register.lay", _("{n_rows} people were made up for practice"))
say("register.rotate", _("{n_rows} records of the registers were sealed under a new key"))
say("emergency.open", _("{who} began an emergency look-up; a second person judges it by {judge_by}"))
say("emergency.judge", _("{who} judged the emergency look-up: {verdict}"), verdict=dict(Verdict.choices))
say("register.end_wishes", _("{n_rows} wishes to be looked for in an emergency have ended with their year"))
say("emergency.escalate", _("Nobody judged the emergency look-up in time; it went to whoever stands above"))
say("emergency.reach_kin", _("{who} told the family by telephone"))
_RULES = dict(OddRule.choices)
say("look.notice", _("A rule picked out a look-up: {rule}"), rule=_RULES)
say("look.explain", _("{who} said why he looked: {rule}"), rule=_RULES)
say("look.pass_on", _("A look-up went on to be heard without words of its maker: {rule}"), rule=_RULES)
say("look.hear", _("{who} heard a look-up: {outcome}"), outcome=dict(Heard.choices))
say("look.declare_address", _("{who} declared where he lives, or took it back"))
say("decoy.plant", _("{n_rows} records of nobody were planted"))
say("decoy.end", _("{n_rows} planted records have ended"))
say("vehicle.declare", _("{who} declared a vehicle, to be told when it stands open"))
say("vehicle.take_back", _("{who} took back a vehicle"))
say("vehicle.ask", _("{who} had the owner of a vehicle told: {reason}"), reason=dict(VehicleReason.choices))
say("vehicle.answer", _("The owner is on the way"))
say("resident.bind", _("{who} saw the card and joined a resident to his own account"))
say("resident.ask_binding", _("A resident had a code shown for the counter"))
say("resident.erase", _("{who} deleted a resident’s record at his own request"))
say("request.answer", _("{who} answered a request about one’s own record"))
say("request.file", _("A resident asked about his own record: {kind}"), kind=dict(RequestKind.choices))
say("own_copy.ask", _("A resident asked for a copy of everything held about him"))
say("own_copy.make", _("A resident’s copy of everything held about him was put together"))
say("resident.link", _("{who} joined a party of a matter to a resident"))
