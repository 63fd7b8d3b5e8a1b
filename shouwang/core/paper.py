"""Paper: a page laid out by typst from a template and data, as PDF. The one way the house prints.

The font comes with the packages, never from the machine, so that a sheet looks the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

FONT = "Noto Sans CJK SC"


def pdf(template: Path, data: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """The sheet. The template reads `data.json` beside it, and each picture (SVG) by its name."""
    with TemporaryDirectory(prefix="sheet") as folder:
        place = Path(folder)
        (place / "sheet.typ").write_bytes(template.read_bytes())
        (place / "data.json").write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        for name, picture in (pictures or {}).items():
            (place / name).write_text(picture, encoding="utf-8")
        made: bytes = typst.compile(
            place / "sheet.typ", root=place, font_paths=[fonts()], ignore_system_fonts=True, format="pdf"
        )
    return made


@lru_cache
def fonts() -> Path:
    """The folder of the fonts. Why not imported: the package is only a font."""
    found = find_spec("noto_cjk_sans_otc")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent
