"""A piece of a page is fetched by the page that holds it; whoever opens its address is led to that page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def piece_of(page: str, *, of: str = "", asking: str = "") -> Callable[[View], View]:
    """Marks a view that answers GET with a piece of `page`. Stands below the decorator that says who it is for.

    of      the place of the address that `page` takes too
    asking  what the page is asked for, so that it opens with the piece: `/desk/?intake`
    """

    def marked(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _opened_by_a_person(request):
                return view(request, *args, **kwargs)
            whole = reverse(page, kwargs={of: kwargs[of]} if of else None)
            query = "&".join(filter(None, (asking, request.GET.urlencode() if asking else "")))
            return HttpResponseRedirect(f"{whole}?{query}" if query else whole)

        return answer

    return marked


def _opened_by_a_person(request: HttpRequest) -> bool:
    """A browser asks for pages with `text/html`; scripts ask with `*/*` or for JSON, htmx says that it is htmx."""
    wants_page = "text/html" in request.headers.get("Accept", "")
    return request.method == "GET" and wants_page and not request.headers.get("HX-Request")
