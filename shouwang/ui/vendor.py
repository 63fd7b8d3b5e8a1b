"""Copies the few files of npm packages that pages load to `static/vendor/` (git-ignored). Run by `make`."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.esm.js",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-shared.mjs": "maplibre-gl-shared.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "uqr/dist/index.mjs": "uqr.mjs",
}
# htmx ships its module three times as large as its script; the script becomes a module by one line.
APPENDED = {"htmx.esm.js": b"\nexport default htmx;\n"}


def copy_vendor_files(node_modules: Path, to: Path) -> None:
    """Copy FILES; raises FileNotFoundError naming the package that is missing."""
    to.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        (to / name).write_bytes((node_modules / source).read_bytes() + APPENDED.get(name, b""))
