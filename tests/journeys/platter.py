"""A disk whose power can be cut: what had reached the platter at an instant, and nothing else.

A file system (ext4) lies in an image file on XFS. A reflink copy of that file holds what was written to it at that
instant; what the kernel still kept in memory for the inner file system is not in it. The copy is the disk after the
cut. Source: shared notes on trust, appendix B; needs root, loop devices and xfsprogs.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Platter:
    def __init__(self, folder: Path, size: str = "1500M") -> None:
        self.outer, self.disk = folder / "outer", folder / "disk"
        self.copies: list[Path] = []
        self.mounted: list[Path] = []
        for path in (self.outer, self.disk):
            path.mkdir(parents=True)
        self._make(folder / "outer.img", "12G", "mkfs.xfs", "-q", "-m", "reflink=1")
        self._mount(folder / "outer.img", self.outer)
        self.image = self.outer / "disk.img"
        self._make(self.image, size, "mkfs.ext4", "-q", "-F")
        self._mount(self.image, self.disk)

    def cut(self) -> None:
        """Keeps the disk as it is on the platter now."""
        copy = self.outer / f"cut-{len(self.copies)}.img"
        run("cp", "--reflink=always", str(self.image), str(copy))
        self.copies.append(copy)

    @contextmanager
    def after(self, copy: Path) -> Iterator[Path]:
        """The disk of one cut, as the machine finds it when it is switched on again."""
        place = copy.with_suffix("")
        place.mkdir()
        run("mount", "-o", "loop", str(copy), str(place))
        try:
            yield place
        finally:
            run("umount", str(place))
            copy.unlink()

    def close(self) -> None:
        for place in reversed(self.mounted):
            subprocess.run(["umount", "-l", str(place)], check=False)

    def _make(self, image: Path, size: str, *command: str) -> None:
        run("truncate", "-s", size, str(image))
        run(*command, str(image))

    def _mount(self, image: Path, place: Path) -> None:
        run("mount", "-o", "loop", str(image), str(place))
        self.mounted.append(place)


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")


@contextmanager
def platter(folder: Path) -> Iterator[Platter]:
    """Skips, saying why, where the machine cannot do it."""
    if os.geteuid() != 0 or not shutil.which("mkfs.xfs") or not Path("/dev/loop-control").exists():
        pytest.skip("cannot be done here: a power cut needs root, loop devices and xfsprogs")
    try:
        made = Platter(folder)
    except RuntimeError as problem:
        pytest.skip(f"cannot be done here: {problem}")
    try:
        yield made
    finally:
        made.close()
