"""The registers follow a new cut of areas: each dwelling lies in the grid of its address, each resident in that of
his dwelling, in the same act. Nobody reads anything: a function of the database moves what lies elsewhere now.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from shouwang.core.actor import Actor
from shouwang.journal.record import record
from shouwang.registry.looking import ask_database
from shouwang.territory.in_force import on_cut


@on_cut
def follow_the_ground(cut: UUID, at: dt.datetime, *, by: Actor) -> None:
    """Runs after the addresses were laid anew (territory.addresses)."""
    ((n_dwellings, n_organisations, n_residents),) = ask_database("SELECT * FROM follow_addresses()", [])
    if n_dwellings or n_organisations or n_residents:
        record(
            "register.follow", topic="register.moved", subject=("cut", cut), by=by, at=at, n_dwellings=n_dwellings,
            n_organisations=n_organisations, n_residents=n_residents,
        )  # fmt: skip
