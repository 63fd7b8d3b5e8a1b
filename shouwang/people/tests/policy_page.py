"""A second policy, written from docs/reference/policy.md alone. It shares no code with the product.

It reads the printed tables and follows the numbered rules word by word, slowly, on plain dictionaries.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "policy.md"


@dataclass
class Page:
    may: dict[str, set[str]]  # role → verbs with ●
    hands_on: dict[str, set[str]]  # role → verbs with ○
    administration: set[str]
    verbs: list[str]
    seen_with: dict[str, str]
    screens: set[str]
    crews: set[str]
    everybody: set[str]


def read(text: str | None = None) -> Page:
    text = text or PAGE.read_text(encoding="utf-8")
    roles = _table(text, "## Roles")
    matrix = _table(text, "## Roles and verbs")
    verbs = _table(text, "## Verbs")
    names = [name for name in matrix[0] if name != "verb"]
    return Page(
        may={name: {row["verb"] for row in matrix if row[name] == "●"} for name in names},
        hands_on={name: {row["verb"] for row in matrix if row[name] == "○"} for name in names},
        administration={row["role"] for row in roles if row["administration"] == "administration"},
        verbs=[row["verb"] for row in verbs],
        seen_with={row["verb"]: row["seen with"] for row in verbs},
        screens=_list(text, "## Screens"),
        crews=_list(text, "## Crews"),
        everybody=_list(text, "## Everybody who signed in"),
    )


def decide(page: Page, who: dict[str, Any], verb: str, row: dict[str, Any] | None, at: int) -> bool:
    """Whether `who` may do `verb` to `row` (None: anywhere at all) at `at`."""
    if who["kind"] == "system":  # rule 10
        return True
    if who["kind"] == "screen":
        return _screen(page, who, verb, row, at)
    held = [post for post in who["posts"] if who["active"] and post["start"] <= at < post["end"]]  # rule 1
    if row is not None and _excluded(who, held, row):  # rule 7
        return False
    if verb in page.everybody:  # rule 8
        if row is None:
            return verb == "own_report.file" or who["kind"] == "person"
        return any(grant["opens"] == row["id"] and _live(grant, at) for grant in who["grants"])
    used = [post for post in held if who["named_post"] in (None, post["id"])]  # rule 3
    for post in used:
        if not _gives(page, who, post, verb, at):
            continue
        if row is not None and verb in page.crews and _gives(page, who, post, "assignment.work", at):  # rule 13
            sent = any(one["to"] == row["id"] and one["start"] <= at < one["end"] for one in who["sent"])
            if sent and not row["sealed"]:
                return True
        if row is None:
            if post["duty"] or post["government"]:
                return True
            continue
        if not _inside(row, post):
            continue
        if not row["sealed"] or post["id"] in row["named"]:  # rule 6
            return True
    return False


def may_give(page: Page, who: dict[str, Any], role: str, area: dict[str, Any], at: int) -> bool:
    """Rule 12, without the part about the tier of ground and about oneself."""
    if role in page.administration or not decide(page, who, "post.give", area, at):
        return False
    for verb in page.may[role] - page.everybody:
        holds = decide(page, who, verb, area, at)
        for post in who["posts"]:
            lasts = who["active"] and post["start"] <= at < post["end"]
            counts = who["administration"] or post["role"] not in page.administration
            named = who["named_post"] in (None, post["id"])
            if lasts and counts and named and verb in page.hands_on.get(post["role"], set()) and _inside(area, post):
                holds = True
        if not holds:
            return False
    return True


def may_declare(page: Page, who: dict[str, Any], declarer: str, area: dict[str, Any], at: int) -> bool:
    """Rule 14, of somebody whose account is open."""
    if who["kind"] == "system":  # rule 10
        return True
    if who["kind"] != "person":
        return False
    if decide(page, who, "register.file", None, at):
        return decide(page, who, "register.file", area, at)
    return declarer != "officer"


def may_ask(who: dict[str, Any], record: dict[str, Any], about: dict[str, Any] | None) -> bool:
    """Rule 15: `record` names an account, and tells with which accounts it is joined."""
    joined = who["active"] and record["account"] == who["person"] and who["person"] in record["joined"]
    return joined and (about is None or about["of"] == record["id"])


def may_erase(page: Page, who: dict[str, Any], request: dict[str, Any], at: int) -> bool:
    """Rule 16: `looked` tells who opened request and record within the hour."""
    asked_for = request["kind"] == "erase" and request["open"]
    return asked_for and who["person"] in request["looked"] and decide(page, who, "register.keep", request, at)


def _gives(page: Page, who: dict[str, Any], post: dict[str, Any], verb: str, at: int) -> bool:
    if verb not in page.may.get(post["role"], set()):
        return False
    if post["role"] in page.administration and not who["administration"]:  # rule 4
        return False
    for one in who["narrowings"]:  # rule 5
        lasts = one["start"] <= at < one["end"]
        if lasts and (one["role"], one["verb"]) == (post["role"], verb) and _inside(post, one):
            return False
    return True


def _inside(row: dict[str, Any], ground: dict[str, Any]) -> bool:
    """Rule 2, by numbers and not by text."""
    for path in (ground["duty"], ground["government"]):
        if not path:
            continue
        for other in (row["duty"], row["government"]):
            if _numbers(other)[: len(_numbers(path))] == _numbers(path):
                return True
    return False


def _excluded(who: dict[str, Any], held: list[dict[str, Any]], row: dict[str, Any]) -> bool:
    if who["person"] in row["excluded_persons"]:
        return True
    for post in held:
        if post["id"] in row["excluded_posts"] or post["cover_for"] in row["excluded_posts"]:
            return True
        for number in row["excluded_offices"]:
            if number in _numbers(post["duty"]) or number in _numbers(post["government"]):
                return True
    return False


def _screen(page: Page, who: dict[str, Any], verb: str, row: dict[str, Any] | None, at: int) -> bool:
    """Rule 9."""
    area = who["screen"]
    if verb not in page.screens or area is None or not _live(area, at):
        return False
    if row is None:
        return bool(area["duty"] or area["government"])
    return not row["sealed"] and _inside(row, area)


def _live(grant: dict[str, Any], at: int) -> bool:
    return not grant["revoked"] and (grant["ends"] is None or at < grant["ends"])


def _numbers(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def _table(text: str, head: str) -> list[dict[str, str]]:
    lines = [line for line in _section(text, head) if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def _list(text: str, head: str) -> set[str]:
    return {line[2:].strip() for line in _section(text, head) if line.startswith("- ")}


def _section(text: str, head: str) -> list[str]:
    lines = text.splitlines()
    start = lines.index(head) + 1
    end = next((n for n in range(start, len(lines)) if lines[n].startswith("## ")), len(lines))
    return lines[start:end]
