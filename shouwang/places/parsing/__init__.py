"""Reading an address as people write it: rules and a list of divisions, no model, no database.

    parse("青石县桥西路十二号3单元402")  → county 青石县, street 桥西路, number 十二号, entrance_unit 3单元, room 402

`lexicon` holds the words, `cutting` finds the best row of pieces, `labelling` says what each number is, `naming` gives
the kind of table C5 and the tag of the labelled addresses for each part.
"""

from __future__ import annotations

from shouwang.core.chinese import half_width
from shouwang.places.parsing.cutting import cut
from shouwang.places.parsing.labelling import Part, label

LONGEST = 200

__all__ = ["Part", "parse"]


def parse(text: str) -> list[Part]:
    """The parts of an address in the order they were written; together they are the text (its first 200 characters)."""
    written = text[:LONGEST]
    plain = half_width(written)
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in plain)
    return label(lowered, written, cut(lowered))
