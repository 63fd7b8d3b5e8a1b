"""The portal's role knows a resident by his session, and reads no account, session or list of grants."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.core.ids import new_id
from shouwang.people import granting, sessions
from shouwang.people.access import opened_matters
from shouwang.people.models import (
    Account,
    CodeApp,
    Device,
    Grant,
    Passkey,
    Person,
    PostPassing,
    RecoveryCode,
    Session,
    Workstation,
)
from shouwang.people.models.grant import GrantKind
from shouwang.people.residents import resident_of


def test_a_resident_is_known_by_his_session_and_staff_are_nobody_there(world, noon, as_role):
    mine, token = sessions.open_session(world.wang.person, label="x", at=noon, proven=True)
    _staff, staff = sessions.open_session(world.fang.person, label="x", at=noon, proven=True)

    with as_role("portal"):
        assert resident_of(token, noon).person_id == world.wang.person_id
        assert resident_of(staff, noon) == Actor.nobody()
        assert resident_of("guessed", noon) == Actor.nobody()
        assert resident_of(token, noon + dt.timedelta(days=14)) == Actor.nobody()

    sessions.end_session(mine, by=world.wang, at=noon)
    with as_role("portal"):
        assert resident_of(token, noon) == Actor.nobody()


@pytest.mark.parametrize("model", [CodeApp, Device, PostPassing, Workstation])
def test_the_portal_has_no_right_to_what_is_of_staff_alone(world, as_role, model):
    with pytest.raises(ProgrammingError, match="permission denied"), as_role("portal"):
        model.objects.first()


@pytest.mark.parametrize("model", [Person, Account, Session, Grant, Passkey, RecoveryCode])
def test_the_portal_reads_no_list_of_people(world, noon, as_role, model):
    sessions.open_session(world.wang.person, label="x", at=noon, proven=True)
    granting.give_grant(GrantKind.RECEIPT, subject=new_id(), by=Actor.nobody(), at=noon)

    with as_role("portal"):
        assert model.objects.count() == 0
        with acting(Actor(person_id=world.fang.person_id)):
            assert model.objects.count() == 0  # staff are nobody there


def test_the_portal_reaches_the_rows_of_whoever_acts_and_makes_no_staff(world, noon, as_role):
    sessions.open_session(world.wang.person, label="x", at=noon, proven=True)
    sessions.open_session(world.fang.person, label="y", at=noon, proven=True)

    with as_role("portal"):
        with acting(world.wang):
            assert [one.label for one in Session.objects.all()] == ["x"]
            assert Person.objects.get() == world.wang.person
        with pytest.raises(ProgrammingError, match="row-level security"), acting(Actor(person_id=new_id())):
            Person.objects.create(name="甲", login="jia", standing="staff", created_at=noon)


def test_a_receipt_opens_its_matter_at_the_portal_until_it_is_taken_back(world, noon, as_role):
    matter = new_id()
    grant, code = granting.give_grant(
        GrantKind.RECEIPT,
        subject=matter,
        by=Actor.nobody(),
        at=noon,
        ends_at=noon + dt.timedelta(days=30),
        token="K7M39RTX",
    )

    with as_role("portal"):
        held = granting.grant_of(code, GrantKind.RECEIPT, noon)
        assert held == grant
        assert opened_matters(Actor(kind="nobody", grant_id=held.pk), noon) == {matter}
        assert granting.grant_of(code, GrantKind.SCREEN, noon) is None
        assert granting.grant_of(code, GrantKind.RECEIPT, noon + dt.timedelta(days=30)) is None

    granting.revoke_grant(grant, by=world.zhou, at=noon)
    with as_role("portal"):
        assert granting.grant_of(code, GrantKind.RECEIPT, noon) is None
        assert opened_matters(Actor(kind="nobody", grant_id=grant.pk), noon) == frozenset()


def test_a_stolen_table_of_grants_gives_no_receipt_away(world, noon):
    """The hash is keyed: the short codes cannot be tried through without the key."""
    import hashlib

    grant, code = granting.give_grant(GrantKind.RECEIPT, subject=new_id(), by=world.fang, at=noon, token="K7M39RTX")

    assert bytes(grant.token_hash) != hashlib.sha256(code.encode()).digest()
