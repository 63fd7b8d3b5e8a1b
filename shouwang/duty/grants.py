"""Least rights on units, shifts, messages and alerts. Nothing of it is for the portal."""

_WORKED_ON = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, UPDATE", "seal": "", "read": "SELECT"}
_SPOKEN = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""}

GRANTS = {
    "duty_unit": _WORKED_ON,
    "duty_shift": _WORKED_ON,
    "duty_crew": _WORKED_ON,
    "duty_message": _SPOKEN,
    "duty_messagecopy": _SPOKEN,
    "duty_alert": _WORKED_ON | {"jobs": "SELECT, INSERT, UPDATE"},  # the tick raises them
}
