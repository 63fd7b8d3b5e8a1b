"""Least rights on talk groups: written by the door, read by the page."""

GRANTS = {
    "radio_talkgroup": {"web": "SELECT, INSERT, UPDATE, DELETE", "portal": "", "jobs": "", "seal": "", "read": ""},
}
