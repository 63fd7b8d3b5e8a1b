"""The policy as one page: printed to docs/reference/policy.md, shown at /people/policy/, proven by tests.

Whatever is decided in `access.py` must be on this page: a model written from the page alone is compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation

from shouwang.people.roles import CREW_VERBS, OWN, ROLE_TABLE, SCREEN_VERBS, Role
from shouwang.people.verbs import LABELS, Verb, read_verb
from shouwang.places.models.area import Tier

MAY, HANDS_ON = "●", "○"

RULES = """\
1. A post is person × role × area × dates. It counts from its first instant up to, not including, its last. An account
   that is closed has no posts. A post of an unknown role gives nothing.
2. A post reaches its area and every area inside it: a row whose path begins with a path of the post's area. An area has
   a duty path, a government path, or both, written as area numbers between slashes (`/1/2/`); an empty path reaches
   nothing. A row is reached when its duty path or its government path begins with one of the area's paths. `/1/2/` does
   not reach `/1/20/`.
3. A post gives the verbs marked ● for its role, on what it reaches. Nothing else but rule 13 gives a verb over others'
   matters.
   Several posts add up; a verb of one post never reaches over the ground of another. Where one post is named for an act
   (a step sent later from a phone), that post alone gives verbs.
4. The verbs of a role marked “administration” count only while administration is switched on in the session.
5. A narrowing takes one verb from one role on an area and everything inside it, between two dates, with a reason: posts
   of that role whose own area lies there give everything but that verb. Nothing widens a role.
6. A sealed matter is open only to a post that is on its named list, gives the verb, and reaches it. All three.
7. A matter may exclude persons, posts and offices. An excluded person does nothing with it. Whoever holds an excluded
   post, or a cover for one, does nothing with it, whichever of his posts he uses. Whoever holds a post on an excluded
   office's area or inside it does nothing with it (an office is excluded by its area number).
8. `own_report.file` and `own_report.read` need no post. Everybody may file a report, signed in or not. What becomes of
   a report, both verbs on it included, is open to whoever holds a live grant for it (filed by the account, party,
   receipt), signed in or not, on any ground, sealed or not, unless excluded.
9. A wall screen may do the verbs listed under “Screens” on the one area of its live grant and inside it. It never
   reaches a sealed matter, and no page but the wall opens to it.
10. The system itself (clocks, jobs, the sealer) may do everything. A visitor who did not sign in may do
    nothing beyond rule 8.
11. Not yours to see: “not found”. Yours to see, not to do: “not allowed”. What must be held to see a thing is the verb
    in the column “seen with”.
12. Nobody gives a post with a verb that he does not hold himself (● or ○) on that area, nor one to himself. The three
    administrations are given on the machine itself; nobody holds two.
13. A crew that was sent to a matter of another ground may do there what it could do at home: a person aboard whose post
    gives `assignment.work` and one of the verbs listed under “Crews” has that verb on the matter, from the sending
    until the assignment ends, unless the matter is sealed or excludes him.
14. Whoever holds a post that gives `register.file` files a declaration where such a post reaches, and nowhere else.
    Everybody else who signed in files from home, for any address, in whatever part it has for him (himself, landlord,
    employer, agent, property manager, host), but not as officer. Who did not sign in files none.
15. A resident asks about his own record (to put right, to object, to delete, why somebody looked) by the account that
    was joined to it at a counter: the joining was not ended, the account is open, the record names that account. Nobody
    asks about another's record, whatever his posts. Why somebody looked is asked of looks at oneself.
16. A request is answered with `register.keep` on its ground, once. A record is erased in no other way than by that: at
    an open request to delete, by whoever opened the request and the record within the hour. A declaration that nobody
    answered is taken back by whoever filed it. What is over goes by the jobs of the system (rule 10); nobody else
    deletes a row of the registers.
"""


@dataclass(frozen=True)
class Column:
    """One role, as a column of the table and as a line of the list."""

    name: str
    role: Role


@dataclass(frozen=True)
class Tables:
    roles: list[Column]
    rows: list[tuple[Verb, str, list[str]]]
    screens: list[Verb]
    crews: list[Verb]
    everybody: list[Verb]


def tables() -> Tables:
    """Verbs × roles: ● may, ○ may only hand on by giving a post."""
    columns = [Column(name, role) for name, role in ROLE_TABLE.items()]
    rows = [(verb, str(LABELS[verb]), [_mark(column.role, verb) for column in columns]) for verb in Verb]
    return Tables(columns, rows, sorted(SCREEN_VERBS), sorted(CREW_VERBS), sorted(OWN))


def markdown() -> str:
    """The page in English, as it lies in docs/reference/policy.md."""
    with translation.override("en"):
        found = tables()
        parts = [
            "# Who may do what",
            "Made by `bin/shouwang policy` from `shouwang/people/`. A place may narrow a role, never widen it.",
            "## Rules\n\n" + RULES.rstrip(),
            "## Roles\n\n" + _table(["role", "called", "stands on", "sworn", "administration"], _role_lines(found)),
            f"## Roles and verbs\n\n{MAY} may · {HANDS_ON} may only hand on, by giving a post\n\n"
            + _table(
                ["verb", *(column.name for column in found.roles)], [[verb, *marks] for verb, _l, marks in found.rows]
            ),
            "## Verbs\n\n"
            + _table(["verb", "what", "seen with"], [[verb, label, read_verb(verb)] for verb, label, _m in found.rows]),
            "## Screens\n\n" + "\n".join(f"- {verb}" for verb in found.screens),
            "## Crews\n\n" + "\n".join(f"- {verb}" for verb in found.crews),
            "## Everybody who signed in\n\n" + "\n".join(f"- {verb}" for verb in found.everybody),
        ]
    return "\n\n".join(parts) + "\n"


def _role_lines(found: Tables) -> list[list[str]]:
    order = list(Tier.values)
    return [
        [
            column.name,
            str(column.role.label),
            ", ".join(sorted(column.role.tiers, key=order.index)) or "no area",
            "sworn" if column.role.sworn else "",
            "administration" if column.role.admin else "",
        ]
        for column in found.roles
    ]


def _mark(role: Role, verb: Verb) -> str:
    if verb in role.verbs:
        return MAY
    return HANDS_ON if verb in role.hands_on else ""


def _table(head: list[str], lines: list[list[str]]) -> str:
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
