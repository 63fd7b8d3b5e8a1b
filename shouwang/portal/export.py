"""Everything held about somebody as one file: JSON for programs, a page to read, tables for a spreadsheet."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shouwang.connections.sheets.writing import write_csv
from shouwang.portal.holdings import Holding, holdings
from shouwang.registry.own_copy import Copy
from shouwang.registry.trail import OwnLook


def as_zip(copy: Copy, looks: Sequence[OwnLook], *, request: HttpRequest) -> bytes:
    """In the language of the request. No cell of a table is taken for a formula."""
    shown = holdings(copy.held)
    told = {"copy": copy, "holdings": shown, "looks": looks}
    files = {
        "data.json": json.dumps(_data(copy, looks), ensure_ascii=False, indent=1).encode(),
        "read-me.html": render_to_string("portal/held/export.html", told, request=request).encode(),
        "held.csv": write_csv([_("Kind"), _("Row"), _("What"), _("Value")], _lines(shown)),
        "looks.csv": _looks(looks),
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def _looks(looks: Sequence[OwnLook]) -> bytes:
    heads = [_("When"), _("Office"), _("Role"), pgettext("holding", "What was seen"), pgettext("holding", "What for")]
    lines = [[one.at.isoformat(), one.unit, one.role, "、".join(map(str, one.told)), one.purpose] for one in looks]
    return write_csv(heads, lines)


def _lines(shown: Sequence[Holding]) -> list[list[Any]]:
    return [
        [one.label, number, value.name, value.text]
        for one in shown
        for number, row in enumerate(one.rows, 1)
        for value in row
    ]


def _data(copy: Copy, looks: Sequence[OwnLook]) -> dict[str, Any]:
    """As it is kept: tables and fields by their names in the data map."""
    return {
        "asked_at": copy.asked_at.isoformat(), "held": copy.held,
        "looks": [
            {"at": one.at.isoformat(), "entry": str(one.entry), "unit": one.unit, "role": str(one.role),
             "purpose": str(one.purpose), "basis": str(one.basis), "seen": [str(field) for field in one.told]}
            for one in looks
        ],
    }  # fmt: skip
