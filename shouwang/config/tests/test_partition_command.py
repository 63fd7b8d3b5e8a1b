"""`bin/shouwang partition`: one JSON line out, problems in words, no database."""

from __future__ import annotations

import gzip
import json

import pytest

from shouwang.config.command_line import main

PATH = {"population": [2, 2, 2, 2], "edges": [[0, 1], [1, 2], [2, 3]]}


def asked(file, districts=2, lower=4, upper=4):
    return main(["partition", "--graph", str(file), "--districts", str(districts), "--lower", str(lower),
                 "--upper", str(upper), "--seconds", "5"])  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
def test_a_graph_in_a_file_is_divided(tmp_path, capsys, packed):
    raw = json.dumps(PATH).encode()
    file = tmp_path / "graph.json.gz"
    file.write_bytes(gzip.compress(raw) if packed else raw)

    assert asked(file) == 0

    found = json.loads(capsys.readouterr().out)
    assert found.keys() == {"assignment", "cut_edges", "bound", "seconds"}
    assert (found["cut_edges"], found["bound"]) == (1, 1)
    assert found["assignment"] in ([0, 0, 1, 1], [1, 1, 0, 0])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "cannot be read"),
        (b"\x1f\x8bnothing", "is not JSON"),
        (b"{", "is not JSON"),
        (b"[]", "holds no graph"),
        (b'{"population": [1]}', "no list “edges”"),
        (b'{"population": [1], "edges": [7]}', "not pairs"),
        (json.dumps(PATH | {"edges": [[0, 9]]}).encode(), "does not join"),
    ],
)
def test_a_file_that_is_no_graph_is_refused_in_words(tmp_path, capsys, content, says):
    file = tmp_path / "graph.json.gz"
    if content is not None:
        file.write_bytes(content)

    assert asked(file) == 1

    told = capsys.readouterr()
    assert says in told.err
    assert told.out == ""


def test_bounds_that_cannot_be_met_end_with_a_reason(tmp_path, capsys):
    file = tmp_path / "graph.json"
    file.write_text(json.dumps(PATH))

    assert asked(file, districts=3, lower=4, upper=9) == 1
    assert "Lower the bound" in capsys.readouterr().err
