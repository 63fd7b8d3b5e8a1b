"""The report of a closed review: a sheet of all of it, with a proof for every entry, signed like any export."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.journal.proofs import disclosed_proofs_of
from shouwang.journal.record import record
from shouwang.oversight.export_key import export_signer
from shouwang.oversight.exporting import Bundle, manifest_of, packed, plain_json
from shouwang.oversight.reviewing.drawing import draw
from shouwang.oversight.reviewing.report_sheet import report_sheet
from shouwang.oversight.reviewing.seeing import require_review, review_seen
from shouwang.people.access import NotAllowed


class NotClosedYet(Problem):
    code, status = "review.not_closed_yet", 409
    says = _("The report is made when the review is closed.")


def make_report(key: UUID, *, by: Actor, at: dt.datetime, language: str) -> Bundle:
    """One entry with the digest; kept nowhere. Raises NotVisible, NotAllowed, NotClosedYet, NothingPublished"""
    with acting(by):
        review = review_seen(key, by, at)
        require_review(review, by, at)
        if by.person_id is None:
            raise NotAllowed
        if review.closed_at is None:
            raise NotClosedYet
        drawing, matter = draw(review, by, at, language), review.matter
        entries = [one.pk for one in drawing.record.entries if one.subject == matter.pk]
        proofs = disclosed_proofs_of(entries)
        files = {"report.pdf": report_sheet(review, drawing, at, language)} | {
            f"proofs/{entry}.json": plain_json(proof) for entry, proof in sorted(proofs.items())
        }
        unsealed = [str(one) for one in entries if one not in proofs]
        manifest = manifest_of(review.pk, matter, files, unsealed, (review.purpose, review.reason, by.person_id), at)
        record("review.export", topic="review.exported", subject=review, by=by, at=at, area=matter.area_id,
               sha256=hashlib.sha256(manifest).hexdigest())  # fmt: skip
        note = export_signer(at).sign(manifest.decode())
    return Bundle(f"{matter.reference}-review.zip", packed(manifest, note, files, at), len(unsealed))
