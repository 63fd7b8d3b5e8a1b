"""The demo's beats, night zone and loudspeaker library."""

from __future__ import annotations

from shouwang.beats.counting import count_days
from shouwang.beats.models import Beat, Covered, Message, NightZone, Playback, Point, Stretch, Surface, Window, ZoneTask
from shouwang.core import clock
from shouwang.demo import beaten


def test_beats_a_zone_and_messages_are_full_of_rows(world, as_role):
    beaten.play(world, clock.now())
    with as_role("jobs"):
        count_days(clock.now())

    counts = [one.objects.count() for one in (Beat, Window, Point, Stretch, Surface, NightZone, ZoneTask, Message)]
    assert counts == [2, 4, 6, 2, 2, 2, 4, 3]
    assert Covered.objects.count() >= 8
    assert Covered.objects.filter(passes__gte=1, metres_walked__gte=100, points_seen__gte=1).exists()
    assert {one.state for one in Message.objects.all()} == {"approved", "draft"}
    for one in Playback.objects.select_related("message"):
        assert one.level_db is not None
        assert one.level_db <= one.message.most_db
