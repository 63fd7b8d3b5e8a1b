"""What every page is told: language, theme, reading size, map or words, who is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from shouwang.core import clock

HTML_LANGUAGES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "en": "en"}
THEMES = ("light", "dark")
NIGHT_FROM, NIGHT_TO = 19, 7  # hours in Shanghai between which the desk is dark until somebody chooses


def page(request: HttpRequest) -> dict[str, Any]:
    """Theme and reading size come from cookies that `sw-theme.js` writes; without one the shell decides."""
    language = get_language() or "zh-hans"
    theme = request.COOKIES.get("theme", "")
    return {
        "html_lang": HTML_LANGUAGES.get(language, "zh-CN"),
        "language": language,
        "theme": theme if theme in THEMES else "",
        "shift_theme": theme if theme in THEMES else _of_the_shift(),
        "elder": request.COOKIES.get("reading") == "elder",
        "words_only": request.COOKIES.get("map") == "none",
        "locks": getattr(request, "locks", False),
        "actor": getattr(request, "actor", None),
        "demo": settings.DEMO,
    }


def _of_the_shift() -> str:
    hour = clock.now().astimezone(clock.SHANGHAI).hour
    return "dark" if hour >= NIGHT_FROM or hour < NIGHT_TO else "light"
