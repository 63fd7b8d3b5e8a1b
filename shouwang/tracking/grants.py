"""Least rights on positions: written by the doors, erased by the purge, never by a page; nothing for figures."""

GRANTS = {
    "tracking_fix": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "tracking_lastfix": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
    "tracking_trackkeeping": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE",
        "seal": "",
        "read": "",
    },
    "tracking_keptstretch": {
        "web": "SELECT, INSERT, DELETE",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "",
    },
    "tracking_trackarchive": {
        "web": "SELECT",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "",
    },
    "tracking_trackhold": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
}

FUNCTIONS = {
    "make_track_day(date)": ("jobs",),
    "drop_track_days(timestamptz, timestamptz)": ("jobs",),
}
