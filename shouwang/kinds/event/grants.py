"""Least rights: pages lay posts out, note turns and counts; nobody deletes."""

_NOTED = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}

GRANTS = {
    "event_eventpost": _NOTED,
    "event_eventturn": _NOTED | {"jobs": "SELECT, UPDATE"},  # a shift that ends takes its crew off the posts
    "event_eventcount": _NOTED | {"web": "SELECT, INSERT"},
}
