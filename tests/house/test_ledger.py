"""The ledger counts as proven only what a test uses through a page, a door or a command."""

from tests.ledger import proofs_in

SOURCE = """
import pytest

@pytest.fixture
def answer(client):
    return client.get("/desk/wall/")

@pytest.mark.item("S-CMD-005")
def test_the_wall_shows_units(answer):
    assert answer

@pytest.mark.item("S-CMD-006", "S-CMD-007")
def test_a_function_adds(world):
    assert 1 + 1 == 2

def test_without_an_id(client):
    assert client
"""


def test_a_proof_says_its_ids_its_sentence_and_where_it_is_used():
    wall, function = proofs_in(SOURCE, "a.py")

    assert (wall.ids, wall.sentence, wall.addresses) == (("S-CMD-005",), "the wall shows units", ("/desk/wall/",))
    assert function.ids == ("S-CMD-006", "S-CMD-007")


def test_a_door_is_seen_through_the_fixtures_of_the_module():
    wall, function = proofs_in(SOURCE, "a.py")

    assert wall.through_a_door
    assert not function.through_a_door
