"""Residents at the portal: its database role cannot read accounts or sessions, it asks a function."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from shouwang.core.acting import acting
from shouwang.core.actor import Actor
from shouwang.people.granting import hash_of
from shouwang.people.models import Session
from shouwang.people.sessions import SEEN_EVERY


def notice_resident(token: str, by: Actor, at: dt.datetime) -> None:
    """Keep when this browser was last used, as its owner reads it in his list; one write in twenty seconds at most."""
    with acting(by):
        Session.objects.filter(token_hash=hash_of(token), seen_at__lt=at - SEEN_EVERY).update(seen_at=at)


def resident_of(token: str, at: dt.datetime) -> Actor:
    """The resident behind a session cookie; nobody for staff, who work at the desk and not at the portal.

    Residents hold no posts, and the portal could not read any: so none are asked for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_resident_of_session(%s, %s)", [hash_of(token), at])
        person_id = cursor.fetchone()[0]
    return Actor(person_id=person_id, cache={"posts": [], "narrowings": []}) if person_id else Actor.nobody()
