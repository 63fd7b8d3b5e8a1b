"""Paper: a page laid out by typst from a template and data, as PDF. The one way the house prints.

The font comes with the packages, never from the machine, so that a sheet looks the same everywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONT = "Noto Sans CJK SC"
LONGEST_S = 120
# In a process of its own: typst keeps the layouts it made, some 300 MB of them, and gives nothing back.
LAY_OUT = """
import pathlib, sys, typst
sheet = pathlib.Path(sys.argv[1])
fonts = [pathlib.Path(sys.argv[2])]
sys.stdout.buffer.write(
    typst.compile(sheet, root=sheet.parent, font_paths=fonts, ignore_system_fonts=True, format="pdf")
)
"""


def pdf(template: Path, data: Mapping[str, Any], pictures: Mapping[str, str] | None = None) -> bytes:
    """The sheet. The template reads `data.json` beside it, and each picture (SVG) by its name."""
    with TemporaryDirectory(prefix="sheet") as folder:
        place = Path(folder)
        (place / "sheet.typ").write_bytes(template.read_bytes())
        (place / "data.json").write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
        for name, picture in (pictures or {}).items():
            (place / name).write_text(picture, encoding="utf-8")
        made = subprocess.run(
            [sys.executable, "-c", LAY_OUT, str(place / "sheet.typ"), str(fonts())],
            capture_output=True, timeout=LONGEST_S,
        )  # fmt: skip
    if made.returncode != 0:
        raise RuntimeError(made.stderr.decode(errors="replace")[-2000:])
    return made.stdout


@lru_cache
def fonts() -> Path:
    """The folder of the fonts. Why not imported: the package is only a font."""
    found = find_spec("noto_cjk_sans_otc")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent
