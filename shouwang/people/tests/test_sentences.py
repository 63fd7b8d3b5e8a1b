"""Every act of people has its words."""

from __future__ import annotations

import re
from pathlib import Path

from shouwang.journal.sentences import has_sentence
from shouwang.people import sentences


def test_every_recorded_act_has_a_sentence():
    folder = Path(sentences.__file__).parent
    recorded = {
        verb for path in folder.glob("*.py") for verb in re.findall(r'record\(\s*"([a-z_.]+)"', path.read_text())
    }

    assert len(recorded) > 25
    assert {verb for verb in recorded if not has_sentence(verb)} == set()
