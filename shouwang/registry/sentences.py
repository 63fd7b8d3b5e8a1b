"""What an entry of the registry is called."""

from django.utils.translation import gettext_lazy as _

from shouwang.journal.sentences import say
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
