"""Read addresses: a text a line in, a JSON line out with its parts, each [element, text].

No database. Element names are those of the labelled addresses (prov, city, district, … road, roadno, houseno, roomno).
"""

import argparse
import json
import sys

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--parse", action="store_true", required=True, help="take each line of the input apart")


def run(options: argparse.Namespace) -> None:
    from shouwang.places.parsing import parse
    from shouwang.places.parsing.naming import TAGS

    for line in sys.stdin:
        parts = [[TAGS[part.slot], part.text] for part in parse(line.rstrip("\r\n"))]
        print(json.dumps({"parts": parts}, ensure_ascii=False))
