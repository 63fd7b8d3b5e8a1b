"""Taking in a file part by part, so that a broken line goes on where it stopped.

Whoever sends makes the id and names size and SHA-256 first. Parts come in order; each is acknowledged when it is on
disk for good. A part that comes again is acknowledged again; the answer always says how far the file has come.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.problem import Problem
from shouwang.evidence import limits, storage
from shouwang.evidence.keeping import keep_evidence, sender_of
from shouwang.evidence.models import Evidence, Upload, UploadPart

LARGEST_PART = limits.MIB


class UnknownUpload(Problem):
    code, status = "evidence.unknown_upload", 404
    says = _("This upload is not known here. Begin it again; nothing was lost on your side.")


class AnotherUpload(Problem):
    code, status = "evidence.another_upload", 409
    says = _("This upload was begun with another file. Begin a new one.")


class PartDoesNotFit(Problem):
    code, status = "evidence.part_does_not_fit", 409
    says = _("This part does not follow on what has arrived. Go on at byte {received}.")


class PartDamaged(Problem):
    code, status = "evidence.part_damaged", 400
    says = _("This part was damaged on its way. Send it again from byte {received}.")


class UploadIncomplete(Problem):
    code, status = "evidence.upload_incomplete", 409
    says = _("The file has not arrived whole. Go on at byte {received}.")


def begin_upload(*, id: UUID, size: int, sha256: bytes, by: Actor, at: dt.datetime) -> Upload:  # noqa: A002
    """Announce a file; the same announcement again gives the upload as far as it has come.

    Raises  EmptyFile, FileTooLarge, SenderFull, TooMuchOnTheWay, AnotherUpload
    """
    limits.check_size(size)
    with acting(by):
        known = Upload.objects.filter(id=id).first()
        if known is None:
            limits.check_sender(sender_of(by), size, at)
            limits.check_on_the_way(size)
            try:
                with transaction.atomic():
                    return Upload.objects.create(
                        id=id, size=size, sha256=sha256, sender=sender_of(by), begun_at=at,
                        wrapped_key=storage.new_key(id),
                    )  # fmt: skip
            except IntegrityError:
                known = Upload.objects.get(id=id)
        if (known.size, bytes(known.sha256)) != (size, sha256):
            raise AnotherUpload(field="file")
    return known


def upload_of(id: UUID, by: Actor) -> Upload:  # noqa: A002
    """Raises  UnknownUpload; an upload begun by an account or a receipt goes on only with the same."""
    upload = Upload.objects.filter(id=id).first()
    if upload is None or (upload.sender is not None and upload.sender != sender_of(by)):
        raise UnknownUpload()
    return upload


def add_part(*, id: UUID, offset: int, data: bytes, sha256: bytes, by: Actor) -> int:  # noqa: A002
    """Keep one part; how many bytes have arrived. On disk for good when this returns.

    Raises  UnknownUpload, PartDoesNotFit, PartDamaged, NoRoom
    """
    with acting(by):
        upload_of(id, by)
        upload = Upload.objects.select_for_update().get(id=id)
        fits = 0 < len(data) <= LARGEST_PART and offset + len(data) <= upload.size
        if hashlib.sha256(data).digest() != sha256:
            raise PartDamaged(field="file", received=upload.received)
        if upload.parts.filter(offset=offset, sha256=sha256).exists():
            return upload.received
        if not fits or offset != upload.received or upload.finished_at:
            raise PartDoesNotFit(field="file", received=upload.received)
        stored = storage.keep(data, upload.id, bytes(upload.wrapped_key), part=offset)
        UploadPart.objects.create(upload=upload, offset=offset, size=len(data), sha256=sha256, stored=stored.stored)
        upload.received += len(data)
        upload.save(update_fields=["received"])
    return upload.received


def finish_upload(*, id: UUID, matter: UUID, by: Actor, at: dt.datetime) -> Evidence:  # noqa: A002
    """The evidence of a file that has arrived whole; its id is that of the upload. Again gives the same.

    Raises  UnknownUpload, UploadIncomplete, PartDamaged and what `keep_evidence` raises
    """
    with acting(by):
        upload_of(id, by)
        upload = Upload.objects.select_for_update().get(id=id)
        if upload.finished_at:
            known = Evidence.objects.filter(id=id, matter=matter).first()
            if known is None:
                raise UnknownUpload()
            return known
        if upload.received != upload.size:
            raise UploadIncomplete(field="file", received=upload.received)
        data = _whole(upload)
        evidence = keep_evidence(data, matter=matter, by=by, at=at, id=id)
        upload.finished_at = at
        upload.save(update_fields=["finished_at"])
    return evidence


def _whole(upload: Upload) -> bytes:
    data = b"".join(
        storage.fetch(upload.id, part.stored, upload.wrapped_key, part=part.offset)
        for part in upload.parts.order_by("offset")
    )
    if hashlib.sha256(data).digest() != bytes(upload.sha256):
        raise PartDamaged(field="file", received=0)
    return data
