"""{% open_doors %}…links…{% endopen_doors %}: of these links, those that open to the reader.

A menu is written once for everybody; whoever holds no verb for a page is not led to a refusal.
"""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString, mark_safe

from shouwang.core.actor import Actor
from shouwang.people.routes import Opening, is_open_to

register = template.Library()
_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"?#]*)[^"]*"[^>]*>.*?</a>', re.DOTALL)


class OpenDoors(template.Node):
    def __init__(self, links: NodeList) -> None:
        self.links = links

    def render(self, context: Any) -> SafeString:
        links = self.links.render(context)
        by: Actor | None = getattr(getattr(context, "request", None), "actor", None)
        if by is None or by.kind != "person":
            return links
        return mark_safe(_LINK.sub(lambda link: link[0] if _opens(link[1], by) else "", links))


@register.tag
def open_doors(parser: Parser, _token: Token) -> OpenDoors:
    links = parser.parse(("endopen_doors",))
    parser.delete_first_token()
    return OpenDoors(links)


def _opens(address: str, by: Actor) -> bool:
    try:
        opening: Opening | None = getattr(resolve(address).func, "opening", None)
    except Resolver404:  # a page of another face
        return True
    return opening is None or is_open_to(opening, by)
