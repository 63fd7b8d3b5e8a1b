"""What a script sent as the body of its request."""

import json
from typing import Any

from django.http import HttpRequest

from shouwang.ui.problems import Unreadable


def object_in(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the body. Raises Unreadable for everything else"""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise Unreadable from fault
    if not isinstance(told, dict):
        raise Unreadable
    return told
