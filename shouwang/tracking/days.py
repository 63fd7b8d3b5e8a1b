"""The table of fixes is cut by days: they are made a week ahead and dropped whole. Both by functions of the database,
because no process owns a table. A fix whose day was not made is kept all the same, among the others.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection

from shouwang.core.clock import local_date

AHEAD_DAYS = 7


def make_days(at: dt.datetime, *, ahead: int = AHEAD_DAYS) -> int:
    """The days from yesterday until `ahead` days from now; how many were missing."""
    first = local_date(at) - dt.timedelta(days=1)
    with connection.cursor() as cursor:
        made = 0
        for n in range(ahead + 2):
            cursor.execute("SELECT make_track_day(%s)", [first + dt.timedelta(days=n)])
            made += cursor.fetchone()[0]
    return made


def drop_days(*, before: dt.datetime, review_before: dt.datetime) -> int:
    """Drop days that ended before; what a review holds stays among the others. How many days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT drop_track_days(%s, %s)", [before, review_before])
        return int(cursor.fetchone()[0])
