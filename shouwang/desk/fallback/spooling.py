"""The last board on paper: every minute one sheet for each office, the last ones kept, the newest as `latest.pdf`.

A printer that watches the folder needs neither the pages nor the database.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from shouwang.core.actor import Actor
from shouwang.core.clock import SHANGHAI
from shouwang.core.paper import pdf
from shouwang.desk.fallback.board import LastBoard, LastMatter, last_board
from shouwang.people.access import Verb
from shouwang.people.models import Post
from shouwang.people.roles import roles_with

SHEET = Path(__file__).parent / "last_board.typ"
KEPT = 30  # sheets of an office: half an hour
LATEST = "latest.pdf"
NUMBER, STATE, PLACE = pgettext_lazy("paper", "No."), pgettext_lazy("paper", "State"), pgettext_lazy("paper", "Where")
SORT, SINCE, CREWS = _lazy("Type of call"), pgettext_lazy("paper", "Since"), pgettext_lazy("paper", "Crews")
PARTS: tuple[tuple[Promise, tuple[tuple[Promise, int], ...]], ...] = (  # columns and how wide they are beside others
    (pgettext_lazy("paper", "Open matters"),
     ((NUMBER, 12), (SORT, 24), (STATE, 18), (_lazy("Urgency"), 10), (PLACE, 46), (_lazy("In short"), 46), (SINCE, 18),
      (CREWS, 28))),
    (CREWS,
     ((pgettext_lazy("paper", "Crew"), 40), (pgettext_lazy("paper", "Call sign"), 30), (STATE, 40),
      (pgettext_lazy("paper", "On"), 20), (SINCE, 24), (pgettext_lazy("paper", "Last position"), 44))),
    (pgettext_lazy("paper", "Promised for a time"),
     ((NUMBER, 16), (SORT, 40), (PLACE, 90), (pgettext_lazy("paper", "Until"), 52))),
)  # fmt: skip


def spool(at: dt.datetime) -> list[Path]:
    """Lay the sheets of all offices whose desk is held by somebody; the files that were written."""
    written = []
    with translation.override(settings.LANGUAGE_CODE):
        for post in _desks(at):
            board = last_board(Actor(person_id=post.person_id, post_id=post.pk), at)
            written.append(_lay(folder() / post.area.code, sheet(board), at))
    return written


def folder() -> Path:
    return Path(settings.VAR) / "spool"


def _desks(at: dt.datetime) -> list[Post]:
    """One post of each office from which crews are sent."""
    posts = Post.objects.held_at(at).filter(role__in=roles_with(Verb.UNIT_SEND), person__active=True)
    return list({post.area_id: post for post in posts.select_related("area").order_by("id")}.values())


def _lay(place: Path, content: bytes, at: dt.datetime) -> Path:
    """Whole or not at all: a printer never takes half a sheet."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = place / f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.pdf"
    for name in (file, place / LATEST):
        draft = name.with_suffix(".new")
        draft.write_bytes(content)
        draft.chmod(0o600)
        draft.replace(name)
    sheets = sorted(one for one in place.glob("*.pdf") if one.name != LATEST)
    for old in sheets[:-KEPT]:
        old.unlink(missing_ok=True)
    return file


def sheet(board: LastBoard) -> bytes:
    """The board as a PDF, in the language that is switched on."""
    rows = (
        [_line(one) for one in board.matters],
        [[one.name, one.call_sign, one.status, one.number or "", _hhmm(one.since), _age(one.age_s)]
         for one in board.crews],
        [[one.number, one.kind, one.place, _moment(one.due_at)] for one in board.promises],
    )  # fmt: skip
    words: dict[str, Any] = {
        "lang": (get_language() or "zh")[:2], "title": _("Last board of %(office)s") % {"office": board.office},
        "at": f"{board.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}", "lead": board.lead, "lead_says": _("Duty lead"),
        "none": pgettext("paper", "None"),
        "foot": _("Written every minute by itself. No caller is named on it. Destroy it after the hand-over."),
        "parts": [
            {"title": title, "rows": lines, "widths": [width for _head, width in columns],
             "head": [head for head, _width in columns]}
            for (title, columns), lines in zip(PARTS, rows, strict=True)
        ],
    }  # fmt: skip
    return pdf(SHEET, words)


def _line(one: LastMatter) -> list[Any]:
    units = "、".join(one.units)
    return [one.number, one.kind, one.status, one.urgency, one.place, one.says, _hhmm(one.since), units]


def _hhmm(at: dt.datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%H:%M:%S}"


def _moment(at: dt.datetime | None) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}" if at else ""


def _age(age_s: int | None) -> str:
    return pgettext("paper", "never") if age_s is None else _("%(seconds)s s old") % {"seconds": age_s}
