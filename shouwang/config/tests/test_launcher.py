"""The embedded server: made and started anywhere, and back after whatever happened to it."""

import os
import platform
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from shouwang.config.database.cluster import Cluster, alive
from shouwang.config.database.place import LONGEST_SOCKET, SOCKET_NAME, socket_folder
from shouwang.config.database.programs import NoDatabase

EXIT_OF_ONE_THREAD = {"x86_64": 60, "aarch64": 93}  # the number of that system call


def cluster_in(var, **more):
    pg_bin = os.environ["SHOUWANG_PG_BIN"]
    return Cluster(data=var / "pg", var=var, run=var / "run", pg_bin=pg_bin, shared_buffers="16MB", **more)


@pytest.fixture
def cluster(tmp_path):
    made = cluster_in(tmp_path / "守望 数据")
    yield made
    made.stop()


def test_it_starts_in_a_folder_with_spaces_and_chinese_characters(cluster):
    cluster.start()

    with cluster.connect() as connection:
        assert connection.execute("SELECT lower('Ä'), current_setting('synchronous_commit')").fetchone() == ("ä", "on")


def test_nobody_gets_in_without_the_password(cluster):
    cluster.start()

    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=str(cluster.sockets), user="postgres", dbname="postgres", password="postgres")


def test_it_listens_on_no_network_address(cluster):
    cluster.start()

    with cluster.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_after_kill_9_it_comes_back_with_everything_acknowledged(cluster):
    cluster.start()
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")

    os.kill(cluster.pid(), signal.SIGKILL)
    cluster.start()

    with cluster.connect() as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def plant_locks(cluster, pid):
    (cluster.data / "postmaster.pid").write_text(f"{pid}\n{cluster.data}\n")
    (cluster.sockets / f"{SOCKET_NAME}.lock").write_text(f"{pid}\n{cluster.data}\n")


def test_a_lock_whose_number_is_another_programs_by_now_is_dropped(cluster):
    cluster.start()
    cluster.stop()
    plant_locks(cluster, os.getpid())

    cluster.start()

    assert cluster.running()


def test_a_lock_whose_number_is_another_towns_server_by_now_is_dropped(cluster, tmp_path):
    cluster.start()
    cluster.stop()
    neighbour = cluster_in(tmp_path / "neighbour")
    neighbour.start()
    try:
        plant_locks(cluster, neighbour.pid())
        assert cluster.pid() is None

        cluster.start()

        assert cluster.pid() not in (None, neighbour.pid())
    finally:
        neighbour.stop()


@pytest.mark.skipif(platform.machine() not in EXIT_OF_ONE_THREAD, reason="how one thread ends is not known here")
def test_a_process_of_which_a_thread_is_left_is_not_dead():
    """Its ports are still taken: whoever ends what a killed town left behind waits for all of it."""
    number = EXIT_OF_ONE_THREAD[platform.machine()]
    lasting = "import ctypes, threading, time; threading.Thread(target=time.sleep, args=(60,)).start()"
    process = subprocess.Popen([sys.executable, "-c", f"{lasting}; ctypes.CDLL(None).syscall({number}, 0)"])
    state = Path(f"/proc/{process.pid}/stat")
    while ") Z " not in state.read_text():
        pass

    assert alive(process.pid)
    process.kill()
    while alive(process.pid):
        pass
    process.wait()


def test_a_lock_of_a_process_that_nobody_reaped_is_dropped(cluster):
    cluster.start()
    cluster.stop()
    zombie = subprocess.Popen(["true"])
    while alive(zombie.pid):
        pass
    plant_locks(cluster, zombie.pid)

    cluster.start()

    assert cluster.running()
    zombie.wait()


def test_a_second_start_takes_over_the_server_that_runs(cluster):
    cluster.start()
    another = cluster_in(cluster.var)

    another.start()

    assert another.pid() == cluster.pid()


def test_a_folder_of_another_version_is_not_opened(tmp_path):
    cluster = cluster_in(tmp_path)
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(NoDatabase, match="was made by PostgreSQL 14"):
        cluster.start()


def test_a_half_made_folder_is_made_again(cluster):
    draft = cluster.data.with_name("pg.new")
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18")

    cluster.start()

    assert cluster.running()


def test_a_folder_that_cannot_be_made_is_named_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(NoDatabase, match="Not a directory"):
        cluster_in(tmp_path / "file" / "var").start()


def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    if os.geteuid() == 0:
        os.chown(closed, 12345, 12345)  # root writes there; the server, which is not root, does not
        closed.chmod(0o700)
    else:
        closed.chmod(0o500)

    with pytest.raises(NoDatabase, match="cannot be written by this account"):
        cluster_in(closed / "var").start()


def test_a_full_disk_is_named_in_one_sentence(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("cannot be done here: this account may not mount a small disk")
    try:
        with pytest.raises(NoDatabase, match="is full"):
            cluster_in(small / "var").start()
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_long_path_gets_a_short_private_folder_for_its_socket(tmp_path):
    run = tmp_path / ("很长的路径" * 10) / "run"

    short = socket_folder(run)

    assert len(os.fsencode(short / SOCKET_NAME)) <= LONGEST_SOCKET
    assert short.stat().st_mode & 0o077 == 0
    assert socket_folder(run) == short
    shutil.rmtree(short)


def test_a_short_path_keeps_its_socket_to_itself(tmp_path):
    assert socket_folder(tmp_path) == tmp_path
