"""Copies the few files of npm packages that pages load to `static/vendor/` (git-ignored). Run by `make`."""

from __future__ import annotations

import shutil
from pathlib import Path

FILES = {
    "htmx.org/dist/htmx.esm.js": "htmx.esm.js",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
}


def copy_vendor_files(node_modules: Path, to: Path) -> None:
    """Copy FILES; raises FileNotFoundError naming the package that is missing."""
    to.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(node_modules / source, to / name)
