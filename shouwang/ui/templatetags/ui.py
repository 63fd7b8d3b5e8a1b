"""Tags and filters of every page: icons, states, clocks; times, distances and numbers in words."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy

from shouwang.core import clock as time
from shouwang.core.chinese import is_mobile, mask_name, mask_number
from shouwang.ui import words

register = template.Library()

STATES = {  # shape and word of each status (docs/ui.md)
    "new": pgettext_lazy("status", "To send"),
    "sign": pgettext_lazy("status", "To sign"),
    "way": pgettext_lazy("status", "On the way"),
    "scene": pgettext_lazy("status", "In hand"),
    "free": pgettext_lazy("status", "Free"),
    "wait": pgettext_lazy("status", "Waiting"),
    "done": pgettext_lazy("status", "Done"),
    "over": pgettext_lazy("status", "Over time"),
    "lost": pgettext_lazy("status", "No position"),
}


@register.simple_tag
@lru_cache(512)  # the same few on every row of every list
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """One symbol of icons.svg; a status symbol (s-…) takes its status colour. Without a label it is decoration."""
    classes = " ".join(word for word in ("sw-sym", size, f"c-{name[2:]}" if name.startswith("s-") else "") if word)
    href = f"{static('ui/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.simple_tag
def shape(status: str, size: str = "", label: str = "") -> SafeString:
    """The shape of a status: {% shape row.status "s14" %}."""
    return icon(f"s-{status}", size, label)


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """Shape and word of a status on its tint."""
    return format_html('<span class="sw-state is-{}">{}{}</span>', name, icon(f"s-{name}"), word or STATES[name])


@register.simple_tag
def state_word(name: str) -> str:
    """The word of a status."""
    return str(STATES[name])


@register.simple_tag
def clock(since: dt.datetime | None, label: str = "", over: bool = False, big: bool = False) -> SafeString:
    """A clock that runs in the page from `since`; solid when over its time."""
    if since is None:
        return SafeString("")
    classes = "sw-clock" + (" run" if big else "") + (" over" if over else "")
    shown = words.span((time.now() - since).total_seconds(), _language())
    said = format_html("<span>{}</span>", label) if label else ""
    return format_html(
        '<sw-clock class="{}" data-since="{}">{}<b>{}</b></sw-clock>', classes, since.isoformat(), said, shown
    )


@register.filter
def when(at: dt.datetime | None) -> str:
    """A moment as one says it: 21:47, 今天 15:20, 明天 09:30, 周六 20:00, 10月18日（周六）20:00."""
    return words.moment(at, time.now(), _language()) if at else ""


@register.filter
def until(at: dt.datetime | None) -> str:
    """A moment at which something ends or is due: 明天 24:00, not 周三 00:00."""
    return words.moment(at, time.now(), _language(), ends=True) if at else ""


@register.filter
def on_day(day: dt.date | None) -> str:
    """10月18日（周六）."""
    return words.date(day, time.local_date(time.now()), _language()) if day else ""


@register.filter
def at_second(at: dt.datetime | None) -> str:
    """21:47:08, as the desk writes it."""
    return at.astimezone(time.SHANGHAI).strftime("%H:%M:%S") if at else ""


@register.filter
def at_minute(at: dt.datetime | None) -> str:
    """21:47."""
    return words.minute(at) if at else ""


@register.filter
def until_minute(at: dt.datetime | None) -> str:
    """21:47, and 24:00 where the day ends."""
    return words.minute(at, ends=True) if at else ""


@register.filter
def span(seconds: float | None) -> str:
    """A running time: 00:48, 26分, 3小时10分."""
    return words.span(seconds, _language()) if seconds is not None else ""


@register.filter
def duration(seconds: float | None) -> str:
    """A length of time: 48秒, 2分10秒, 26分."""
    return words.duration(seconds, _language()) if seconds is not None else ""


@register.filter
def minutes(count: float | None) -> str:
    """A length counted in minutes: 26分, 3小时10分, 4天; in seconds below one."""
    if count is None:
        return ""
    return words.duration(60 * (round(count) if count >= 1 else count), _language())


@register.filter
def age(seconds: float | None) -> str:
    """47 秒前, 3 分钟前."""
    return words.age(seconds, _language()) if seconds is not None else ""


@register.filter
def distance(metres: float | None) -> str:
    """150 米, 1.1 公里."""
    return words.distance(metres, _language()) if metres is not None else ""


@register.filter
def working_days(number: int) -> str:
    """3个工作日."""
    return words.working_days(number, _language())


@register.filter
def receipt(code: str) -> str:
    """K7M3 9RTX."""
    return words.receipt(code)


@register.filter
def masked_phone(number: str | None) -> str:
    """138****2086; any other kind of number shows its last two only."""
    if number and is_mobile(number):
        return f"{number[:3]}****{number[-4:]}"
    return mask_number(number) if number else ""


@register.filter
def masked_name(name: str | None) -> str:
    """王**."""
    return mask_name(name) if name else ""


def _language() -> str:
    return get_language() or "zh-hans"
