"""The sheet of colleagues: who is invited, as what, where, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from shouwang.administration.sheets import Fault, Outcome, Sheet
from shouwang.connections.sheets.columns import Column, Row
from shouwang.core.actor import Actor
from shouwang.core.chinese import half_width
from shouwang.notices.minting import address
from shouwang.people.forms import end_of_day
from shouwang.people.inviting_many import Inviting, Newcomer, invite_many, try_many
from shouwang.people.roles import ROLE_TABLE
from shouwang.places.models import Area

YES = frozenset({"1", "是", "yes", "y", "true", "√"})
COLUMN_OF = {"person": "sworn"}  # what is wrong with a person and his role is whether he is sworn
NO = frozenset({"", "0", "否", "no", "n", "false"})
COLUMNS = (
    Column("name", _("Name"), _("As on the name plate."), needed=True),
    Column("login", _("Login"), _("Small letters and digits, such as the pinyin."), needed=True),
    Column("role", _("Role"), _("As it stands under “Who may do what”, such as 接警员."), needed=True),
    Column("area", _("Code of the area"), _("Where the post stands, such as the code of the station."), needed=True),
    Column("responsible", _("Responsible"), _("是 for whoever answers for the area, one for each.")),
    Column("sworn", _("Sworn officer"), _("是 or 否.")),
    Column("badge", _("Badge number"), _("Or empty.")),
    Column("until", _("Until"), _("The last day, such as 2027-06-30. Empty: until somebody ends it.")),
)


def would(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    newcomers, faults = _read(rows)
    outcome = _told(try_many(newcomers, by=by, at=at))
    outcome.faults = sorted([*faults, *outcome.faults], key=lambda one: one.number)
    return outcome


def does(rows: list[Row], by: Actor, at: dt.datetime) -> Outcome:
    newcomers, faults = _read(rows)
    if faults:
        return Outcome(faults=faults)
    inviting = invite_many(newcomers, by=by, at=at)
    outcome = _told(inviting)
    outcome.headings = (_("Name"), _("Login"), _("The link"))
    outcome.table = [
        (person.name, person.login, address(reverse("people:invitation", args=[token])))
        for person, token in inviting.links
    ]
    return outcome


def _told(inviting: Inviting) -> Outcome:
    n_links, n_posts, n_same = len(inviting.links), inviting.posts, inviting.same
    outcome = Outcome(n_acts=n_links + n_posts)
    outcome.faults = [
        Fault(one.number, SHEET.title_of(COLUMN_OF.get(one.column, one.column)), one.says) for one in inviting.faults
    ]
    if n_links:
        outcome.says.append(ngettext("{n} person is invited.", "{n} people are invited.", n_links).format(n=n_links))
    if n_posts:
        outcome.says.append(ngettext("{n} post is given.", "{n} posts are given.", n_posts).format(n=n_posts))
    if n_same:
        says = ngettext("{n} has the post already; no new link is made.",
                        "{n} have the post already; no new link is made.", n_same)  # fmt: skip
        outcome.says.append(says.format(n=n_same))
    return outcome


def _read(rows: list[Row]) -> tuple[list[Newcomer], list[Fault]]:
    """The lines that make sense, and what is wrong with the others."""
    roles, found, faults = _roles_by_name(), [], []
    for row in rows:
        role = roles.get(half_width(row["role"]).strip().lower(), "")
        areas = areas_of(row["area"])
        until, until_fault = _until(row["until"])
        checks = {
            "name": (not row["name"] or len(row["name"]) > 60, _("A name has 1 to 60 characters.")),
            "login": (not row["login"] or len(row["login"]) > 120 or " " in row["login"],
                      _("A login has no blanks and is not empty.")),
            "role": (not role, _("There is no such role. “Who may do what” lists them.")),
            "area": (len(areas) != 1, _("There is no such area, or more than one: write scheme:code.")),
            "sworn": (half_width(row["sworn"]).lower() not in YES | NO, _("Write 是 or 否.")),
            "responsible": (half_width(row["responsible"]).lower() not in YES | NO, _("Write 是 or 否.")),
            "until": (until_fault, _("A day is written 2027-06-30.")),
        }  # fmt: skip
        wrong = [Fault(row.number, SHEET.title_of(key), says) for key, (bad, says) in checks.items() if bad]
        faults += wrong
        if not wrong:
            found.append(Newcomer(
                row.number, row["name"], row["login"], role, areas[0], sworn=_yes(row["sworn"]), badge=row["badge"],
                responsible=_yes(row["responsible"]), until=until,
            ))  # fmt: skip
    return found, faults


def _yes(text: str) -> bool:
    return half_width(text).lower() in YES


def _roles_by_name() -> dict[str, str]:
    """Roles by key, and by their name in Chinese and in the reader's language."""
    names = {key: key for key in ROLE_TABLE}
    for language in ("zh-hans", "zh-hant", "en", get_language() or "zh-hans"):
        with override(language):
            names |= {str(role.label).lower(): key for key, role in ROLE_TABLE.items()}
    return names


def areas_of(text: str) -> Sequence[Area]:
    scheme, _colon, code = half_width(text).strip().upper().rpartition(":")
    found = Area.objects.filter(code=code)
    return list((found.filter(scheme=scheme) if scheme else found)[:2]) if code else []


def _until(text: str) -> tuple[dt.datetime | None, bool]:
    """The end of that day, and whether it could not be read."""
    tidied = half_width(text).strip().replace("/", "-").replace(".", "-")
    if not tidied:
        return None, False
    try:
        return end_of_day(dt.date(*(int(part) for part in tidied.split("-")))), False
    except (ValueError, TypeError):
        return None, True


SHEET = Sheet(
    name="staff",
    title=_("Invite by sheet"),
    lead=_("Each line is a colleague and his post. He gets a link for one use, sets his own password, and is in."),
    columns=COLUMNS,
    examples=(
        ("林正平", "linzhengping", "所长", "QS-QSQ", "是", "是", "012233", ""),
        ("方晓宁", "fangxiaoning", "接警员", "QS-QSQ", "否", "否", "", ""),
    ),
    would=would,
    does=does,
    act=_("Invite all of them"),
)
