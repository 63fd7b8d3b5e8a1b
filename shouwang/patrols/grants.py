"""Least rights on patrols: pages plan, walk and count; the daily job forgets partners whose time is over."""

_KEPT = {"web": "SELECT, INSERT, UPDATE, DELETE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}
_LASTS = _KEPT | {"web": "SELECT, INSERT, UPDATE"}

GRANTS = {
    "patrols_order": _LASTS,
    "patrols_leg": _KEPT,
    "patrols_point": _KEPT,
    "patrols_slot": _KEPT,
    "patrols_mark": _LASTS,
    "patrols_pause": _LASTS | {"jobs": "SELECT, INSERT, UPDATE", "read": ""},
    "patrols_partner": _LASTS | {"jobs": "SELECT, UPDATE", "read": ""},
    "patrols_series": _LASTS,
    "patrols_rota": _KEPT,
    "patrols_link": _LASTS,
    "patrols_command": _LASTS,
}
