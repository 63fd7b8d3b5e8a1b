"""The reference page of a kind, written from its declaration: states, steps, clocks, and a diagram."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from shouwang.core.calendar import Limit
from shouwang.matters.kinds import BACK, Kind, Step, kinds
from shouwang.matters.sorts import Deadline


def reference_page(kind: Kind, language: str = "en") -> str:
    """Markdown: what the kind is, its diagram, states, steps, clocks and words."""
    with override(language):
        parts = [
            f"# {kind.label} (`{kind.name}`)", _diagram(kind),
            _table([_("State"), _("Phase"), _("Allowed time")], [
                [f"{one.label} (`{one.name}`)", str(one.phase.label), limit_text(one.limit) if one.limit else "–"]
                for one in kind.states
            ]),
            _table([_("Step"), _("From state"), _("To state"), _("Needs"), _("Tells")], [
                [f"{step.label} (`{step.name}`)", ", ".join(_sources(kind, step)), _target(kind, step),
                 f"`{step.verb.value}`", ", ".join(step.tells) or "–"]
                for step in kind.steps.values()
            ]),
            _table([_("Clock"), _("Starts"), _("Ends"), _("Time")], [_clock_row(one) for one in kind.deadlines]),
            _table([_("Call type"), _("Urgency"), _("Words")], [
                [f"{one.label} (`{one.name}`)", str(one.urgency), ", ".join(one.words)]
                for one in kind.subkinds.values()
            ]),
        ]  # fmt: skip
        return "\n\n".join(part for part in parts if part) + "\n"


def reference_pages(language: str = "en") -> dict[str, str]:
    """File name → page, for every kind."""
    return {f"kind-{kind.name}.md": reference_page(kind, language) for kind in kinds()}


def _diagram(kind: Kind) -> str:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {kind.first.name}"]
    lines += [f"    {state.name} : {state.label}" for state in kind.states]
    for step in kind.own_steps:
        lines += [
            f"    {state.name} --> {step.target} : {step.label}"
            for state in kind.states
            if step.target not in (None, BACK) and step.leaves(state)
        ]
    lines += [f"    {state.name} --> [*]" for state in kind.states if state.phase in ("done", "void")]
    return "\n".join([*lines, "```"])


def _sources(kind: Kind, step: Step) -> list[str]:
    return [str(state.label) for state in kind.by_state.values() if step.leaves(state)]


def _target(kind: Kind, step: Step) -> str:
    if step.target is None:
        return _("stays")
    return _("where it was before") if step.target == BACK else str(kind.state(step.target).label)


def _clock_row(one: Deadline) -> list[str]:
    times = [
        f"{_('urgency')} {urgency}: {limit_text(limit)}" if urgency else limit_text(limit)
        for urgency, limit in one.limits.items()
    ]
    starts = ", ".join(f"`{name}`" for name in one.starts)
    return [f"{one.label} (`{one.rule}`)", starts, ", ".join(f"`{name}`" for name in one.met_by), "; ".join(times)]


def limit_text(limit: Limit) -> str:
    """`3 working days`, with the law it comes from where there is one."""
    words = {
        "second": _("{n} seconds"), "minute": _("{n} minutes"), "hour": _("{n} hours"), "calendar_day": _("{n} days"),
        "working_day": _("{n} working days"), "month": _("{n} months"), "year": _("{n} years"),
    }  # fmt: skip
    text = words[limit.unit].format(n=limit.amount)
    shown = limit.legal_basis and limit.certainty != "known"
    return f"{text} ({limit.legal_basis})" if shown else text


def _table(heads: list[str], rows: list[list[str]]) -> str:
    if not rows:
        return ""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)
