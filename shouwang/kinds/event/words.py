"""Sorts of events, what a plan holds, and how one may have gone."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {"order": _("Exam or meeting"), "crowd": _("Festival, concert or market")}
SORTS = (
    Subkind("order.exam", _("Exam security"), 3),
    Subkind("order.meeting", _("Meeting security"), 3),
    Subkind("order.other", _("Other order to be kept"), 3),
    Subkind("crowd.festival", _("Festival security"), 3),
    Subkind("crowd.concert", _("Concert security"), 3),
    Subkind("crowd.market", _("Market security"), 3),
    Subkind("crowd.sport", _("Sports security"), 3),
)
SUBKINDS = {sort.name: sort for sort in SORTS}
CROWD = "crowd"

CHANNELS: dict[str, Promise] = {"plan": _("By a plan")}
WENT: dict[str, Promise] = {
    "as_planned": _("Went as planned"),
    "changed": _("Went with changes"),
    "broken_off": _("Was broken off"),
}
OUTCOMES: dict[str, Promise] = WENT | {"called_off": pgettext_lazy("event", "Called off")}
PARTS: dict[str, Promise] = {  # of a plan that can be changed; another organiser is another event
    "gist": _("What it is called"),
    "starts_at": _("Posts begin"),
    "ends_at": _("Posts end"),
    "traffic": _("Traffic plan"),
    "contingency": _("If something happens"),
    "capacity": _("Licensed capacity"),
    "lost_child": _("Lost-child point"),
}
FACTS: dict[str, Promise] = {name: words for name, words in PARTS.items() if name != "gist"} | {
    "organiser": _("Organiser"),
    "reason": _("Reason"),
    "went": _("How it went"),
    "kept": _("What to keep"),
    "change": _("What to change"),
}
