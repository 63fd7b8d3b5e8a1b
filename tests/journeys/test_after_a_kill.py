"""`kill -9` of any process: the town comes back by itself, and a new start comes back from anything."""

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["web", "portal", "jobs", "front", "seal", "database"])
def test_a_killed_process_comes_back_by_itself(own_town, name):
    own_town.wait_until_healthy()

    own_town.kill(name)

    own_town.wait_until_healthy()


def test_after_the_supervisor_was_killed_a_new_start_takes_over(own_town):
    before = own_town.pids()

    own_town.kill("supervisor")
    own_town.start()

    assert own_town.healthy()
    assert not set(before.values()) & set(own_town.pids().values())


def test_what_is_stopped_leaves_no_process_behind(own_town):
    left = [*own_town.pids().values(), own_town.cluster.pid()]

    own_town.stop()

    from shouwang.config.database.cluster import alive

    assert [pid for pid in left if pid and alive(pid)] == []
    own_town.start()
