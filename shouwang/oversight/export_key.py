"""The key that exports bear: not the journal's. Worked out from the ring, so it lies in no file of its own."""

from __future__ import annotations

import datetime as dt

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from shouwang.core.keyring import keyed_hash
from shouwang.journal.notes import SignerKey
from shouwang.oversight.models import ExportKey

PURPOSE = "oversight.export_key"


def export_signer(at: dt.datetime) -> SignerKey:
    """The key, its public half among those that are published."""
    origin = f"{settings.JOURNAL_ORIGIN}/exports"
    key = SignerKey(origin, Ed25519PrivateKey.from_private_bytes(keyed_hash(origin, purpose=PURPOSE)[:32]))
    ExportKey.objects.bulk_create([ExportKey(key=str(key.verifier), since=at)], ignore_conflicts=True)
    return key


def published_export_keys() -> str:
    """Every key that an export ever bore, a line each, the newest first."""
    return "".join(f"{key}\n" for key in ExportKey.objects.order_by("-since").values_list("key", flat=True))
