"""Writes docs/reference/ledger.md: each function that a test proves, by the sentence of the test and the door it uses.

    make ledger

A test says `@pytest.mark.item("S-MED-012")`. Proven is only what goes through a page, a door or a command, in one test
at least; an id that is not, or that the catalogue does not know, makes this fail.
"""

import ast
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT.parent / "shared" / "domain" / "systems.md"
PAGE = ROOT / "docs" / "reference" / "ledger.md"
PICTURES = ROOT / "docs" / "pictures"
ROW = re.compile(r"^\| (S-[A-Z]+-\d+) \|.*?\*\*(.+?)\*\*.*\| ([BLMXR]) \|\s*$")
ADDRESS = re.compile(r"""["'](/[a-z0-9_{}/?=.-]*)["']""")
FUNCTION = re.compile(r"^S-[A-Z]{3}-\d{3}$")
DOOR = re.compile(
    r"\bclient\b|\bClient\(|\bdesk(?:_of)?\(|\bown_town\b|\bbrowser\b|\bpage\.goto\b|command_line|\bbin/shouwang\b|\brun_command\b"
)


@dataclass(frozen=True)
class Proof:
    """One test that carries ids."""

    ids: tuple[str, ...]
    sentence: str
    place: str
    addresses: tuple[str, ...]
    through_a_door: bool


def proofs_in(source: str, place: str) -> list[Proof]:
    tree = ast.parse(source)
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for_all = [node for node in tree.body if isinstance(node, ast.Assign) and _names(node) == "pytestmark"]
    module_marks = [one for node in for_all for one in _ids(node)]
    found = []
    for name, node in functions.items():
        ids = [*module_marks, *(one for decorator in node.decorator_list for one in _ids(decorator))]
        if name.startswith("test_") and ids:
            text = _with_what_it_uses(source, node, functions)
            sentence = name.removeprefix("test_").replace("_", " ")
            addresses = tuple(dict.fromkeys(ADDRESS.findall(text)))[:3]
            found.append(Proof(tuple(ids), sentence, place, addresses, bool(DOOR.search(text))))
    return found


def _with_what_it_uses(source: str, node: ast.FunctionDef, functions: dict[str, ast.FunctionDef]) -> str:
    """The test's source with that of the fixtures and helpers of its module that it uses, at any depth."""
    wanted, seen, text = [node], {node.name}, []
    while wanted:
        one = wanted.pop()
        text.append(ast.get_source_segment(source, one) or "")
        used = {part.id for part in ast.walk(one) if isinstance(part, ast.Name)} | {arg.arg for arg in one.args.args}
        for name in sorted(used & set(functions) - seen):
            seen.add(name)
            wanted.append(functions[name])
    return "\n".join(text)


def _ids(node: ast.AST) -> list[str]:
    return [
        argument.value
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "item"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _names(node: ast.Assign) -> str:
    return node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""


def catalogue() -> dict[str, tuple[str, str]]:
    """id → (what it is, stance); empty where the catalogue is not beside the repository."""
    if not CATALOGUE.exists():
        return {}
    rows = (ROW.match(line) for line in CATALOGUE.read_text(encoding="utf-8").splitlines())
    return {row[1]: (row[2], row[3]) for row in rows if row}


def written(by_id: dict[str, list[Proof]], known: dict[str, tuple[str, str]]) -> str:
    functions = [key for key in sorted(by_id) if FUNCTION.match(key)]
    lines = [
        "# Ledger", "", "Made by `make ledger` from the marks on the tests.", "",
        f"## Functions: {len(functions)} of {len(known) or '?'}", "",
        "Proven by a test that uses it through a page, a door or a command.", "",
        "| id | function | stance | proven by | used at | picture |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for key in functions:
        name, stance = known.get(key, ("", "–"))
        addresses = dict.fromkeys(f"`{one}`" for proof in by_id[key] for one in proof.addresses)
        picture = f"[picture](../pictures/{key}.png)" if (PICTURES / f"{key}.png").exists() else ""
        lines.append(f"| {key} | {name} | {stance} | {_sentences(by_id[key])} | {' '.join(addresses)} | {picture} |")
    rules = [key for key in sorted(by_id) if key not in functions]
    lines += ["", "## Rules and refusals", "", "| id | kept by |", "|---|---|"]
    return "\n".join([*lines, *(f"| {key} | {_sentences(by_id[key])} |" for key in rules), ""])


def _sentences(proofs: list[Proof]) -> str:
    return "<br>".join(f"{proof.sentence} (`{proof.place}`)" for proof in proofs)


def main() -> int:
    by_id: dict[str, list[Proof]] = defaultdict(list)
    for folder in ("shouwang", "tests"):
        for path in sorted((ROOT / folder).rglob("test_*.py")):
            for proof in proofs_in(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT))):
                for key in proof.ids:
                    by_id[key].append(proof)
    known = catalogue()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(written(by_id, known), encoding="utf-8")
    functions = {key: proofs for key, proofs in sorted(by_id.items()) if FUNCTION.match(key)}
    faults = [f"{key} is not in the catalogue" for key in functions if known and key not in known]
    faults += [
        f"{key} is proven by no test that goes through a page, a door or a command"
        for key, proofs in functions.items()
        if not any(proof.through_a_door for proof in proofs)
    ]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(functions)} functions in {PAGE.relative_to(ROOT)}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
