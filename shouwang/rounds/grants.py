"""Least rights on rounds and the diary: staff plan, walk and note; a job forgets what is over."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": ""}

GRANTS = {
    "rounds_round": _KEPT,
    "rounds_stop": _KEPT,
    "rounds_activity": _KEPT | {"read": "SELECT"},
}
