"""What a phone takes along: the lists as the server has them, one's own grids, and dwellings by a look."""

import datetime as dt
import hashlib
import json
from typing import Any

import pytest

from shouwang.core import clock, keyring
from shouwang.field.ground import TooManyRecords, dwellings_at, ground_for
from shouwang.matters.intake import open_matter
from shouwang.matters.models import Matter
from shouwang.people.access import NotVisible
from shouwang.places.models import Address
from shouwang.registry.forms import FIELD_LISTS, VERSION, field_lists
from shouwang.registry.looking import LookRefused
from shouwang.registry.models import Look
from shouwang.registry.tests.town import lay_address, register, traces

LISTS = {1: "73bd"}  # version → how the digest of its lists begins; after a release each change needs one


@pytest.fixture
def ring(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "folder", lambda: tmp_path / "ring")


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


def test_a_changed_list_has_a_new_version():
    shape = {
        name: [(field, type(form.base_fields[field]).__name__, form.base_fields[field].required,
                [value for value, _ in getattr(form.base_fields[field], "choices", ())])
               for field in form.base_fields]
        for name, form in FIELD_LISTS.items()
    }  # fmt: skip
    digest = hashlib.sha256(json.dumps(shape, default=str).encode()).hexdigest()

    assert digest.startswith(LISTS[VERSION]), f"raise registry.forms.VERSION; its lists begin with {digest[:2]}"


def test_the_phone_draws_its_forms_from_the_servers_lists():
    lists = field_lists()

    assert lists["version"] == VERSION
    kinds = {one["name"]: one["kind"] for one in lists["forms"]["dwelling"]}
    assert (kinds["rooms"], kinds["last_check_on"], kinds["occupancy"]) == ("number", "day", "choice")
    assert json.loads(json.dumps(lists)) == lists


@pytest.mark.committed
@pytest.mark.usefixtures("ring")
class TestTakenAlong:
    def test_ones_own_grids_with_their_addresses(self, world: Any, now: dt.datetime) -> None:
        room = lay_address(world.qiaoxi_04)
        lay_address(world.hebu_01, "河埠街3号", street="河埠街")

        told = ground_for(world.shen.afresh(), now, world.qiaoxi_04.pk)

        assert {one["id"] for one in told["grids"]} >= {str(world.qiaoxi_04.pk)}
        assert str(world.hebu_01.pk) not in {one["id"] for one in told["grids"]}
        shown = {one["id"]: one for one in told["places"]}
        assert shown[str(room.pk)]["up"] == room.parent.number
        assert str(room.parent_id) in shown

    def test_anothers_grid_is_not_there(self, world: Any, now: dt.datetime) -> None:
        with pytest.raises(NotVisible):
            ground_for(world.shen.afresh(), now, world.hebu_01.pk)

    def test_a_dwelling_is_taken_along_by_a_look(self, world: Any, now: dt.datetime) -> None:
        register(world, now)
        room = lay_address(world.qiaoxi_04, "桥西路14号1单元101")
        place = Address.objects.get(searched="桥西路12号3单元402")
        (found,) = dwellings_at([place.pk, room.pk], world.shen.afresh(), now)

        assert (found["address"], found["version"], found["told"]["occupancy"]) == (str(place.pk), 0, "let")
        assert len(traces(Look, register="dwelling", person=world.shen.person_id)) == 1

    def test_nobody_takes_along_what_is_not_on_his_ground(self, world: Any, now: dt.datetime) -> None:
        register(world, now)
        place = Address.objects.get(searched="桥西路12号3单元402")
        with pytest.raises(LookRefused):
            dwellings_at([place.pk], world.zhao.afresh(), now)
        with pytest.raises(TooManyRecords):
            dwellings_at([place.pk] * 21, world.shen.afresh(), now)


@pytest.mark.committed
@pytest.mark.usefixtures("ring")
def test_visits_that_are_due_are_ones_own_and_soon(world: Any, now: dt.datetime) -> None:
    for place, days in (("桥西路12号", 0), ("桥西路14号", 9)):
        row = open_matter(kind="hazard", by=world.shen, at=now, area=world.qiaoxi_04, gist="通道堵着", place_text=place)
        Matter.objects.filter(pk=row.pk).update(responsible=world.shen.post, due_at=now + dt.timedelta(days=days))

    assert [one["place"] for one in ground_for(world.shen.afresh(), now)["visits"]] == ["桥西路12号"]
    assert ground_for(world.zhao.afresh(), now)["visits"] == []
