"""The record of one matter as one file for a court, a complaint or a review: signed, and checkable without us."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.core.problem import Problem
from shouwang.journal.models import Entry
from shouwang.journal.proofs import disclosed_proofs_of, published_key
from shouwang.journal.record import record
from shouwang.matters.models import Matter
from shouwang.oversight.export_key import export_signer
from shouwang.oversight.export_record import record_sheet
from shouwang.oversight.export_tracks import Way, as_geojson, as_gpx, ways_of
from shouwang.oversight.models import About, Export
from shouwang.oversight.purposes import stated
from shouwang.oversight.replaying import crews_then
from shouwang.oversight.telling import tell
from shouwang.people.access import NotAllowed, Verb, require

MOST_ENTRIES, MOST_FIXES = 1000, 100_000
FORMAT = "shouwang-export/1"


class TooLarge(Problem):
    code, status = "export.too_large", 409
    says = _("This matter has more than {entries} entries or {fixes} positions; ask the administrators for a backup.")


@dataclass(frozen=True)
class Bundle:
    """`data`: the ZIP. `unsealed`: entries too young to have a proof."""

    name: str
    data: bytes
    unsealed: int


def make_export(*, matter: Matter, purpose: str, reason: str, by: Actor, at: dt.datetime, language: str) -> Bundle:
    """One entry with the digest, one for each archive opened, and a notice to each crew whose way is in it.

    Raises  NoPurpose, NoReason, TooLarge, NothingPublished, NotAllowed, NotVisible
    """
    words = stated(purpose, reason)
    with acting(by):
        require(by, Verb.MATTER_READ, matter, at)
        require(by, Verb.PAST_REPLAY, matter, at)
        if by.person_id is None:
            raise NotAllowed
        entries = list(
            Entry.objects.filter(subject=matter.pk).select_related("particulars").order_by("id")[: MOST_ENTRIES + 1]
        )
        ways = ways_of(matter.pk, by, at, MOST_FIXES)
        n_fixes = sum(len(way.fixes) for way in ways)
        if len(entries) > MOST_ENTRIES or n_fixes > MOST_FIXES:
            raise TooLarge(entries=MOST_ENTRIES, fixes=MOST_FIXES)
        key, proofs = new_id(), disclosed_proofs_of(one.pk for one in entries)
        files = {
            "record.pdf": record_sheet(matter, entries, words, at, language),
            "tracks.geojson": as_geojson(ways), "tracks.gpx": as_gpx(ways),
        } | {f"proofs/{entry}.json": plain_json(proof) for entry, proof in sorted(proofs.items())}  # fmt: skip
        unsealed = [str(one.pk) for one in entries if one.pk not in proofs]
        manifest = manifest_of(key, matter, files, unsealed, (purpose, words, by.person_id), at)
        digest = hashlib.sha256(manifest).hexdigest()
        _write_down(key, matter, ways, (purpose, words, digest, len(entries)), by, at)
        note = export_signer(at).sign(manifest.decode())
    return Bundle(f"{matter.reference}.zip", packed(manifest, note, files, at), len(unsealed))


def manifest_of(
    key: UUID, matter: Matter, files: Mapping[str, bytes], unsealed: Sequence[str], given: tuple[str, str, UUID],
    at: dt.datetime,
) -> bytes:  # fmt: skip
    purpose, reason, person = given
    return plain_json({
        "format": FORMAT, "export": str(key), "matter": str(matter.pk), "reference": matter.reference,
        "made_at": at.astimezone(dt.UTC).isoformat(), "made_by": str(person), "purpose": purpose, "reason": reason,
        "journal_key": published_key(), "without_proof_yet": list(unsealed),
        "files": {name: {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)} for name, raw in files.items()},
    })  # fmt: skip


def _write_down(
    key: UUID, matter: Matter, ways: Sequence[Way], said: tuple[str, str, str, int], by: Actor, at: dt.datetime
) -> None:
    purpose, reason, digest, n_entries = said
    assert by.person_id is not None
    moments = [fix.at for way in ways for fix in (way.fixes[0], way.fixes[-1])] or [matter.opened_at]
    units = sorted({way.unit.pk for way in ways})
    start, end, n_fixes = min(moments), max(moments), sum(len(way.fixes) for way in ways)
    Export.objects.bulk_create([Export(
        id=key, matter=matter, starts_at=start, ends_at=end, purpose=purpose, reason=reason, units=units,
        n_entries=n_entries, n_fixes=n_fixes, sha256=digest, made_by=by.person_id, made_at=at,
    )])  # fmt: skip
    for way in ways:
        if way.archive:
            record("track_archive.open", topic="track_archive.opened", subject=way.unit, by=by, at=at,
                   area=way.unit.home_id, unit=way.unit.pk, matter=matter.pk, sha256=way.archive,
                   reason=reason)  # fmt: skip
    record("evidence_export.make", topic="evidence_export.made", subject=matter, by=by, at=at, area=matter.area_id,
           export=key, purpose=purpose, reason=reason, sha256=digest, units=units, n_fixes=n_fixes)  # fmt: skip
    for way in ways:
        crew = crews_then([way.unit.pk], way.fixes[0].at, way.fixes[-1].at + dt.timedelta(seconds=1))
        tell(crew - {by.person_id}, About.EXPORT, key, at)


def packed(manifest: bytes, note: str, files: Mapping[str, bytes], at: dt.datetime) -> bytes:
    """The ZIP: the manifest, its signature, and every file it names."""
    made = io.BytesIO()
    sealed = {"manifest.json": manifest, "manifest.sig": note.rpartition("\n\n")[2].encode()} | dict(files)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, raw in sealed.items():
            bundle.writestr(zipfile.ZipInfo(name, at.astimezone(dt.UTC).timetuple()[:6]), raw, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def plain_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
