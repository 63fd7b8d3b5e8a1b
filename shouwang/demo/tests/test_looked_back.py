"""Looking back in the demo: its pages have something on them, decided and waiting."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.test import override_settings

from shouwang.core import clock
from shouwang.demo import looked_back
from shouwang.demo.scenario import play
from shouwang.oversight.models import Review


def test_replays_kept_tracks_and_questions_lie_there(world: Any, desk: Any, tmp_path: Path) -> None:
    at = clock.now()
    with override_settings(VAR=tmp_path):
        played = play(at, at - dt.timedelta(hours=2))

    looked_back.play(played, at)

    kept = desk("lin").get("/desk/lookback/tracks/").content.decode()
    assert kept.count("行政复议待决") == 2
    assert kept.count("同意留存") == 1
    assert "晚高峰复盘" in desk("zhou").get("/desk/lookback/").content.decode()
    assert "晚高峰复盘" in desk("ming").get("/desk/lookback/told/").content.decode()
    assert "报警人说没有人到场" in desk("cheng").get("/desk/lookback/presences/").content.decode()
    review = Review.objects.get()
    assert "先派了最近的一组" in desk("gu").get(f"/desk/lookback/reviews/{review.pk}/").content.decode()
