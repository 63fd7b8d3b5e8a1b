"""An ordinary user, and a folder whose name has a space and Chinese characters: `bin/shouwang demo` all the same."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwang.config.environment import ROOT
from tests.journeys.towns import READY_S, free_port, until
from tests.journeys.visitors import UNANSWERED

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NOBODY = 65_534
AS_NOBODY = (
    "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
)  # fmt: skip
MADE = ("var/vendor", "var/vendor.stamp", "var/messages.stamp")


class Checkout:
    """A copy of what the repository holds, owned by an ordinary user. Packages are those of this checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.parent / "log"
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in tracked.decode().strip("\0").split("\0"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
        for name in MADE:
            source, target = ROOT / name, folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.exists():
                shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
        (folder / ".venv").symlink_to(Path(sys.prefix))
        for one in (folder, *folder.rglob("*")):
            os.chown(one, NOBODY, NOBODY, follow_symlinks=False)

    def start(self) -> subprocess.Popen[bytes]:
        """Serves when this returns. Reading, not writing, is allowed beyond his own: Python may lie in root's home."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SHOUWANG_", "DJANGO_"))}
        told = {"HOME": str(self.folder), "SHOUWANG_PORT": str(self.port), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [*AS_NOBODY, "bin/shouwang", "demo", "--cast-only"]
        with self.log.open("ab") as log:
            running = subprocess.Popen(command, cwd=self.folder, env=kept | told, stdout=log, stderr=log)
        until(lambda: self.answers() or running.poll() is not None, READY_S, lambda: self.log.read_text()[-3000:])
        assert running.poll() is None, self.log.read_text()[-3000:]
        return running

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/people/sign-in/", timeout=5) as answer:
                return bool(answer.status == 200)
        except UNANSWERED:
            return False

    def processes(self) -> list[str]:
        """Owners of whatever runs from that folder."""
        listed = subprocess.run(["ps", "-ewwo", "user:20,args"], capture_output=True, text=True, check=True).stdout
        return [line.split()[0] for line in listed.splitlines() if str(self.folder) in line]


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    if shutil.which("setpriv") is None or subprocess.run([*AS_NOBODY, "true"], capture_output=True).returncode != 0:
        pytest.skip("cannot be done here: only root, with all that root may, becomes somebody else")
    for one in (tmp_path, *tmp_path.parents[:-2]):
        one.chmod(one.stat().st_mode | 0o711)
    found = Checkout(tmp_path / "守望 演示")
    yield found
    for line in subprocess.run(["pgrep", "-f", str(found.folder)], capture_output=True, text=True).stdout.split():
        os.kill(int(line), signal.SIGKILL)


def test_the_demo_starts_stops_and_starts_again_for_an_ordinary_user(checkout):
    running = checkout.start()
    assert set(checkout.processes()) == {"nobody"}
    running.send_signal(signal.SIGINT)
    running.wait(60)
    until(lambda: checkout.processes() == [])
    loaded = checkout.log.read_text()

    again = checkout.start()

    assert loaded.count("Demo town …") == 1
    assert checkout.log.read_text().count("Demo town …") == 1
    again.send_signal(signal.SIGINT)
    again.wait(60)
    until(lambda: checkout.processes() == [])
