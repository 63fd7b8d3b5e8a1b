"""Tags of the component page: icons, states, clocks, times and distances in words."""

from __future__ import annotations

import datetime as dt

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.core import clock as time
from shouwang.ui import words

register = template.Library()

STATES = {  # shape and word of each status (look.md section 2)
    "new": gettext_lazy("To send"), "sign": gettext_lazy("To sign"), "way": gettext_lazy("On the way"), "scene": gettext_lazy("In hand"), "free": gettext_lazy("Free"),
    "wait": gettext_lazy("Waiting"), "done": gettext_lazy("Done"), "over": gettext_lazy("Over time"), "lost": gettext_lazy("No position"),
}  # fmt: skip


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """One symbol of icons.svg; a status symbol (s-…) takes its status colour. Without a label it is decoration."""
    colour = f" c-{name[2:]}" if name.startswith("s-") else ""
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="sw-sym {}{}" role="img" aria-label="{}"><use href="{}"/></svg>', size, colour, label, href
        )
    return format_html('<svg class="sw-sym {}{}" aria-hidden="true"><use href="{}"/></svg>', size, colour, href)


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """Shape and word of a status on its tint."""
    shape = icon(f"s-{name}")
    return format_html('<span class="sw-state is-{}">{}{}</span>', name, shape, word or STATES[name])


@register.simple_tag
def clock(since: dt.datetime | None, label: str = "", over: bool = False) -> SafeString:
    """A clock that runs in the page from `since`."""
    if since is None:
        return SafeString("")
    classes = "sw-clock over" if over else "sw-clock"
    shown = words.span((time.now() - since).total_seconds(), _language())
    return format_html(
        '<sw-clock class="{}" data-since="{}">{}<b>{}</b></sw-clock>', classes, since.isoformat(), label, shown
    )


@register.filter
def when(at: dt.datetime | None) -> str:
    """A moment as one says it: 21:47, 明天 09:30, 周六 20:00, 10月18日（周六） …"""
    return words.moment(at, time.now(), _language()) if at else ""


@register.filter
def at_second(at: dt.datetime | None) -> str:
    """21:47:08, as the desk writes it."""
    return at.astimezone(time.SHANGHAI).strftime("%H:%M:%S") if at else ""


@register.filter
def span(seconds: float | None) -> str:
    return words.span(seconds, _language()) if seconds is not None else ""


@register.filter
def distance(metres: float | None) -> str:
    return words.distance(metres, _language()) if metres is not None else ""


@register.filter
def receipt(code: str) -> str:
    """K7M3 9RTX."""
    return f"{code[:4]} {code[4:]}"


def _language() -> str:
    return get_language() or "zh-hans"
