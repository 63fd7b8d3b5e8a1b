"""How well written addresses are taken apart, and found in a made town: recall, false matches, and how long it takes.

    .venv/bin/python -m bench.address [--residents 20000] [--asked 600]

Taking apart: F1 of elements on labelled addresses, where `shared/data/cn_address` lies beside the project (for
measuring only). Finding: addresses of the town said in nine ways, and addresses that do not exist; beside it, in the
same run, the plain way: the texts that share most pairs of characters with the words, over all of them.
"""

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LABELLED = ROOT.parent / "shared" / "data" / "cn_address" / "dev.jsonl.gz"
NOT_SCORED = {"redundant", "otherinfo", "assist", "o"}
SEED = 1
CLEARLY = 0.7  # of pairs in common, from which the plain way says “this one”
NUMERALS = str.maketrans("0123456789", "零一二三四五六七八九")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
FOREIGN = ("幸福大街", "解放二路", "和平里", "人民公园", "阳光水岸", "金鼎名城", "府前大道")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--residents", type=int, default=20_000)
    parser.add_argument("--asked", type=int, default=600)
    options = parser.parse_args()
    print(taking_apart())
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SHOUWANG_VAR": folder, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        return finding(options.residents, options.asked)


def taking_apart() -> str:
    """F1 over (element, text), as shared/checks/address.py counts it."""
    from shouwang.places.parsing import parse
    from shouwang.places.parsing.naming import TAGS

    if not LABELLED.exists():
        return "The labelled addresses are not beside the project: taking apart is not measured.\n"
    with gzip.open(LABELLED, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    parse("")
    began, right, told, labelled = time.perf_counter(), 0, 0, 0
    for row in rows:
        gold = {(tag.lower(), text) for tag, text in row["parts"] if tag.lower() not in NOT_SCORED}
        found = {(TAGS[part.slot], part.text) for part in parse(row["text"])}
        found = {(tag, text) for tag, text in found if tag not in NOT_SCORED}
        right, told, labelled = right + len(gold & found), told + len(found), labelled + len(gold)
    each = (time.perf_counter() - began) / len(rows) * 1000
    precision, recall = right / told, right / labelled
    return (
        "| addresses | F1 | precision | recall | each |\n|---:|---:|---:|---:|---:|\n"
        f"| {len(rows):,} | {2 * precision * recall / (precision + recall):.3f} | {precision:.3f} | {recall:.3f} "
        f"| {each:.1f} ms |\n"
    )


def finding(residents: int, n_asked: int) -> int:
    from shouwang.config.database.town import town_cluster
    from shouwang.config.environment import current

    cluster = town_cluster(current())
    cluster.start()
    try:
        run("upgrade", role="owner")
        run("town", "--residents", str(residents), "--seed", str(SEED), role="jobs")
        os.environ["SHOUWANG_ROLE"] = "web"
        import django

        django.setup()
        report(n_asked)
    finally:
        from django.db import connections

        connections.close_all()
        cluster.stop()
    return 0


def report(n_asked: int) -> None:
    from shouwang.places.matching import match_address
    from shouwang.places.models import Address

    every = dict(Address.objects.order_by("number").values_list("searched", "full_text"))
    asked = list(questions(random.Random(SEED), n_asked))
    plain = Plain(list(every))

    def ours(words: str) -> tuple[list[str], bool]:
        found = match_address(words)
        return [match.address.searched for match in found], bool(found) and found[0].whole

    print(f"{len(every):,} addresses, {len(asked)} asked.\n")
    print("| finder | right one first | among five | false match | p50 | p99 |")
    print("|---|---:|---:|---:|---:|---:|")
    print(line("this one", ours, asked))
    print(line("plain pairs", plain, asked))
    print("\n| said | right one first | among five |\n|---|---:|---:|")
    for way in dict.fromkeys(way for way, _, _ in asked if way != "none"):
        rows = [(words, right) for one, words, right in asked if one == way]
        places = [ours(words)[0] for words, _ in rows]
        first = sum(found[:1] == [right] for found, (_, right) in zip(places, rows, strict=True))
        five = sum(right in found[:5] for found, (_, right) in zip(places, rows, strict=True))
        print(f"| {way} | {first / len(rows):.1%} | {five / len(rows):.1%} |")


def line(name: str, finder: "Callable[[str], tuple[list[str], bool]]", asked: list[tuple[str, str, str]]) -> str:
    took, first, five, false, there, absent = [], 0, 0, 0, 0, 0
    for way, words, right in asked:
        began = time.perf_counter()
        found, sure = finder(words)
        took.append((time.perf_counter() - began) * 1000)
        if way == "none":
            absent, false = absent + 1, false + sure
        else:
            there, first, five = there + 1, first + (found[:1] == [right]), five + (right in found[:5])
    cuts = statistics.quantiles(took, n=100)
    return (
        f"| {name} | {first / there:.1%} | {five / there:.1%} | {false / absent:.1%} of {absent} "
        f"| {cuts[49]:.1f} ms | {cuts[98]:.1f} ms |"
    )


class Plain:
    """Every text against the words by the pairs of characters they share (Dice); no tree, no levels."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = [(text, {text[n : n + 2] for n in range(len(text) - 1)}) for text in texts]

    def __call__(self, words: str) -> tuple[list[str], bool]:
        asked = {words[n : n + 2] for n in range(len(words) - 1)}
        scored = sorted(
            ((2 * len(asked & pairs) / ((len(asked) + len(pairs)) or 1), text) for text, pairs in self.texts),
            reverse=True,
        )[:5]
        return [text for _, text in scored], scored[0][0] >= CLEARLY


def questions(draw: random.Random, count: int) -> Iterator[tuple[str, str, str]]:
    """(way, words, the right text); a fifth of them name what does not exist: the way is “none” then."""
    from shouwang.places.models import Address

    rooms = list(Address.objects.filter(element="room", searched__contains="单元").select_related("parent__parent"))
    doors = list(Address.objects.filter(element="building", parent__element="street").order_by("number"))
    rooms.sort(key=lambda one: one.number)
    for n in range(count):
        room, door = draw.choice(rooms), draw.choice(doors)
        unit = room.parent
        assert unit is not None
        building = unit.parent
        assert building is not None
        estate = building.searched.removesuffix(building.name)
        house, entrance, number = building.name[:-1], unit.name[:-2], room.name[:-1]
        street, at = door.searched.removesuffix(door.name), door.name[:-1]
        misheard = f"{street[0]}某{street[2:]}{at}号" if len(street) > 2 else door.searched
        yield (
            ("as written", room.full_text, room.searched),
            ("Chinese numerals", f"{street}{at.translate(NUMERALS)}号", door.searched),
            ("full-width", door.searched.translate(WIDE), door.searched),
            ("with dashes", f"{estate}{house}-{entrance}-{number}", room.searched),
            ("another sign", f"{estate}{house}{draw.choice('栋座')}{entrance}单元{number}", room.searched),
            ("entrance left out", f"{estate}{house}号楼{number}", room.searched),
            ("a shop after it", f"{door.searched}老街面馆旁边", door.searched),
            ("one character wrong", misheard, door.searched),
            ("none", _absent(draw, street, estate, house), ""),
            ("division before it", f"{door.full_text[:3]}{door.searched}", door.searched),
        )[n % 10]  # fmt: skip


def _absent(draw: random.Random, street: str, estate: str, house: str) -> str:
    foreign = draw.choice(FOREIGN)
    return draw.choice(
        [f"{street}9{draw.randint(100, 999)}号", f"{estate}{house}幢1单元9901室", f"{foreign}{draw.randint(1, 200)}号",
         f"{estate}77幢3单元501", f"{foreign}{draw.randint(1, 20)}幢2单元301室"]
    )  # fmt: skip


def run(*command: str, role: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "shouwang.config.command_line", *command], env=os.environ | {"SHOUWANG_ROLE": role},
        cwd=ROOT, stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
