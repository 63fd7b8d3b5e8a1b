"""How much is taken: for a file, for a matter, from one sender in a day, and on its way at once."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from shouwang.core.problem import Problem
from shouwang.evidence.models import Evidence, Upload

MIB = 1024 * 1024
LARGEST_FILE = 20 * MIB
MOST_FILES_OF_A_MATTER = 60
LARGEST_MATTER = 400 * MIB
MOST_FILES_OF_A_SENDER = 100  # within 24 hours
LARGEST_SENDER = 500 * MIB
LARGEST_ON_THE_WAY = 2048 * MIB  # of all uploads that are not finished


class EmptyFile(Problem):
    code, status = "evidence.empty", 400
    says = _("This file was not taken: it is empty. Take the photo again.")


class FileTooLarge(Problem):
    code, status = "evidence.too_large", 413
    says = _("This file was not taken: it has {size} MB, the limit is {limit} MB. Take another, or make it smaller.")


class MatterFull(Problem):
    code, status = "evidence.matter_full", 409
    says = _("Nothing more can be added to this matter: it holds {n_files} files. Tell whoever handles it.")


class SenderFull(Problem):
    code, status = "evidence.sender_full", 429
    says = _("You have sent a great deal within one day. Send the rest tomorrow, or tell whoever handles the matter.")


class TooMuchOnTheWay(Problem):
    code, status = "evidence.busy", 503
    says = _("Too many files are being sent at this moment. Try again in a few minutes; what you wrote is still there.")


def check_size(size: int) -> None:
    """Raises  EmptyFile, FileTooLarge"""
    if size <= 0:
        raise EmptyFile(field="file")
    if size > LARGEST_FILE:
        raise FileTooLarge(field="file", size=-(-size // MIB), limit=LARGEST_FILE // MIB)


def check_matter(matter: UUID, size: int) -> None:
    """Raises  MatterFull"""
    held = Evidence.objects.filter(matter=matter).aggregate(n=Count("id"), size=Sum("size"))
    if held["n"] >= MOST_FILES_OF_A_MATTER or (held["size"] or 0) + size > LARGEST_MATTER:
        raise MatterFull(field="file", n_files=held["n"])


def check_sender(sender: UUID | None, size: int, at: dt.datetime) -> None:
    """Raises  SenderFull"""
    if sender is None:
        return
    day = Evidence.objects.filter(sender=sender, added_at__gt=at - dt.timedelta(days=1))
    held = day.aggregate(n=Count("id"), size=Sum("size"))
    if held["n"] >= MOST_FILES_OF_A_SENDER or (held["size"] or 0) + size > LARGEST_SENDER:
        raise SenderFull(field="file")


def check_on_the_way(size: int) -> None:
    """Raises  TooMuchOnTheWay"""
    waiting = Upload.objects.filter(finished_at__isnull=True).aggregate(size=Sum("size"))["size"] or 0
    if waiting + size > LARGEST_ON_THE_WAY:
        raise TooMuchOnTheWay(field="file")
