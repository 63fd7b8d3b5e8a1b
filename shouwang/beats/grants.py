"""Least rights on beats: staff keep them and check in; a job counts what was covered and forgets single visits."""

_KEPT = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}

GRANTS = {
    "beats_beat": _KEPT,
    "beats_window": _KEPT,
    "beats_point": _KEPT,
    "beats_stretch": _KEPT,
    "beats_surface": _KEPT,
    "beats_checkin": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "beats_covered": {"web": "SELECT", "portal": "", "jobs": "SELECT, INSERT, UPDATE", "seal": "", "read": "SELECT"},
    "beats_nightzone": _KEPT,
    "beats_spot": _KEPT,
    "beats_zonetask": _KEPT,
    "beats_message": _KEPT,
    "beats_recording": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},
    "beats_playback": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, UPDATE", "seal": "", "read": "SELECT"},
    "beats_change": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},
}
