"""Least rights on looks back: pages open them and write words beside; a job looks for what does not fit and forgets."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""}

GRANTS = {
    "oversight_replay": _KEPT | {"web": "SELECT, INSERT"},
    "oversight_presence": _KEPT,
    "oversight_export": _KEPT | {"web": "SELECT, INSERT"},
    "oversight_review": _KEPT,
    "oversight_heard": _KEPT,
    "oversight_answer": _KEPT | {"web": "SELECT, INSERT"},
    "oversight_postfinding": _KEPT,
    "oversight_exportkey": {"web": "SELECT, INSERT", "portal": "SELECT", "jobs": "", "seal": "", "read": ""},
    "oversight_told": _KEPT,
    "oversight_finding": {"web": "SELECT, UPDATE, DELETE", "portal": "", "jobs": "SELECT, INSERT, UPDATE, DELETE",
                          "seal": "", "read": ""},
}  # fmt: skip
