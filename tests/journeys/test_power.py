"""The power is cut: nothing that was acknowledged is lost, on the server and on the phone. Run by `make prove`.

Each promise has its control: the same cuts with the one setting that makes it true turned off, and losses must show.
"""

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from shouwang.config.database.cluster import Cluster
from shouwang.config.database.programs import NoDatabase
from shouwang.core.ids import new_id
from tests.journeys.browsing import CHROMIUM, FLAGS
from tests.journeys.platter import Platter, platter

pytestmark = [pytest.mark.prove, pytest.mark.timeout(900)]
CUTS = 5
KEPT = 200  # steps on the phone, every second one a form of the registers with its photo in the same transaction
WRITERS = 4


def cluster_on(disk: Path, var: Path, run: str) -> Cluster:
    return Cluster(data=disk / "pg", var=var, run=var / run, pg_bin=os.environ["SHOUWANG_PG_BIN"])


class Server:
    """Writers that commit one row after the other, and remember what they were told is kept."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.acknowledged: set[UUID] = set()
        self.done = threading.Event()
        self.writers = [threading.Thread(target=self._write) for _ in range(WRITERS)]

    def _write(self) -> None:
        with self.cluster.connect() as connection:
            while not self.done.is_set():
                key = new_id()
                connection.execute("INSERT INTO kept VALUES (%s)", [key])
                self.acknowledged.add(key)


def lost_rows(disk: Platter, var: Path, settings: tuple[str, ...] = ()) -> int:
    """Acknowledged rows that are missing after the cuts, all together."""
    cluster = cluster_on(disk.disk, var, "run")
    cluster.start()
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept (id uuid PRIMARY KEY)")
        for setting in settings:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("CHECKPOINT")
        connection.execute("SELECT pg_reload_conf()")
    os.sync()
    time.sleep(1)
    server, frozen = Server(cluster), []
    for writer in server.writers:
        writer.start()
    for _ in range(CUTS):
        time.sleep(random.uniform(0.5, 1.5))
        frozen.append(set(server.acknowledged))
        disk.cut()
    server.done.set()
    for writer in server.writers:
        writer.join()
    cluster.stop()
    assert min(len(told) for told in frozen) > 0, "nothing was acknowledged before the first cut"
    return sum(len(told - _rows_after(disk, copy, var)) for told, copy in zip(frozen, disk.copies, strict=True))


def _rows_after(disk: Platter, copy: Path, var: Path) -> set[UUID]:
    with disk.after(copy) as place:
        again = cluster_on(place, var, f"run-{copy.stem}")
        try:
            again.start()
            with again.connect() as connection:
                return {row[0] for row in connection.execute("SELECT id FROM kept")}
        except (NoDatabase, psycopg.Error):
            return set()  # the database did not survive at all
        finally:
            again.stop()


def test_no_acknowledged_row_is_lost_when_the_power_is_cut(tmp_path, record_property):
    record_property("size", CUTS)
    record_property("unit", "cuts of the server")
    with platter(tmp_path / "disk") as disk:
        assert lost_rows(disk, tmp_path / "var") == 0


@pytest.mark.control
@pytest.mark.parametrize("setting", ["synchronous_commit = off", "fsync = off"])
def test_without_waiting_for_the_disk_rows_are_lost(tmp_path, setting):
    with platter(tmp_path / "disk") as disk:
        assert lost_rows(disk, tmp_path / "var", (setting,)) > 0


STRICT = """async () => {
  const store = await import("/static/field/store.js");
  const photo = new Uint8Array(20_000).fill(7);
  for (let n = 0; n < 200; n += 1) {
    const [id, form] = [`step-${n}`, n % 2];
    const both = (at) => { at("steps").put({ id, form }); at("files").put({ id, photo }); };
    if (form) await store.write(["steps", "files"], both);
    else await store.put("steps", { id, form });
    await told(id);
  }
}"""
STRICT_KEPT = """async () => {
  const store = await import("/static/field/store.js");
  const whole = (await store.all("files")).filter((file) => file.photo.length === 20_000);
  const photos = new Set(whole.map((file) => file.id));
  return (await store.all("steps")).filter((step) => !step.form || photos.has(step.id)).map((step) => step.id);
}"""
LOOSE = """async () => {
  const opening = indexedDB.open("loose", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("steps", { keyPath: "id" });
  const database = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result); });
  for (let n = 0; n < 200; n += 1) {
    await new Promise((resolve) => {
      const writing = database.transaction("steps", "readwrite");
      writing.oncomplete = resolve;
      writing.objectStore("steps").put({ id: `step-${n}` });
    });
    await told(`step-${n}`);
  }
}"""
LOOSE_KEPT = """async () => {
  const opening = indexedDB.open("loose", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("steps", { keyPath: "id" });
  const database = await new Promise((resolve) => { opening.onsuccess = () => resolve(opening.result); });
  const asking = database.transaction("steps").objectStore("steps").getAllKeys();
  return new Promise((resolve) => { asking.onsuccess = () => resolve(asking.result); });
}"""


def lost_on_the_phone(disk: Platter, address: str, write: str, kept: str) -> int:
    """Records that the page was told are kept, and that a phone switched on again does not have."""
    told: list[str] = []
    frozen: list[set[str]] = []
    cut_at = {KEPT // CUTS * (n + 1) for n in range(CUTS)}

    def tell(key: str) -> None:
        told.append(key)
        if len(told) in cut_at:
            frozen.append(set(told))
            disk.cut()

    def write_all(page: Page) -> None:
        page.evaluate("navigator.storage.estimate()")
        os.sync()
        page.expose_function("told", tell)
        page.evaluate(write)

    _with_page(disk.disk / "profile", address, write_all)
    assert len(frozen) == CUTS
    missing = 0
    for so_far, copy in zip(frozen, disk.copies, strict=True):
        with disk.after(copy) as place:
            for lock in (place / "profile").glob("Singleton*"):
                lock.unlink()
            found: list[str] = []
            _with_page(place / "profile", address, lambda page, found=found: found.extend(page.evaluate(kept)))
            missing += len(so_far - set(found))
    return missing


def _with_page(profile: Path, address: str, use: Callable[[Page], Any]) -> None:
    with sync_playwright() as playwright:
        context: BrowserContext = playwright.chromium.launch_persistent_context(
            str(profile), executable_path=str(CHROMIUM), args=FLAGS
        )
        try:
            page = context.new_page()
            page.goto(f"{address}/people/sign-in/")
            use(page)
        finally:
            context.close()


def test_no_step_that_the_phone_says_it_kept_is_lost_when_its_power_is_cut(own_town, tmp_path, record_property):
    record_property("size", KEPT)
    record_property("unit", "kept steps and forms of the phone")
    with platter(tmp_path / "disk") as disk:
        assert lost_on_the_phone(disk, own_town.address, STRICT, STRICT_KEPT) == 0


@pytest.mark.control
def test_without_strict_durability_the_phone_loses_what_it_said_it_kept(own_town, tmp_path):
    with platter(tmp_path / "disk") as disk:
        assert lost_on_the_phone(disk, own_town.address, LOOSE, LOOSE_KEPT) > 0
