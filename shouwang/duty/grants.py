"""Least rights on units, shifts, messages and alerts. Nothing of it is for the portal."""

_WORKED_ON = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, UPDATE", "seal": "", "read": "SELECT"}
_SPOKEN = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""}

_COUNTED = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "", "seal": "", "read": ""}

GRANTS = {
    "duty_unit": _WORKED_ON,
    "duty_shift": _WORKED_ON,
    "duty_crew": _WORKED_ON,
    "duty_message": _SPOKEN,
    "duty_messagecopy": _SPOKEN,
    "duty_dutymodel": _WORKED_ON,
    "duty_roster": _WORKED_ON,
    "duty_turn": {
        "web": "SELECT, INSERT, UPDATE, DELETE",
        "portal": "",
        "jobs": "SELECT, INSERT, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "duty_absence": {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},
    "duty_swap": {  # goes with its turn
        "web": "SELECT, INSERT, UPDATE, DELETE",
        "portal": "",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
    "duty_dutylevel": {"web": "SELECT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"},
    "duty_levelorder": _WORKED_ON,
    "duty_mobilisation": _WORKED_ON,
    "duty_mobilisationcall": _WORKED_ON,
    "duty_alert": _WORKED_ON | {"jobs": "SELECT, INSERT, UPDATE"},  # the tick raises them
    "duty_equipmentkind": _COUNTED | {"jobs": "SELECT"},
    "duty_item": _COUNTED | {"jobs": "SELECT, UPDATE"},  # a terminal is tied to its item by a reaction
    "duty_itemline": {"web": "SELECT, INSERT", "portal": "", "jobs": "", "seal": "", "read": ""},
    "duty_booth": _WORKED_ON,
    "duty_checkin": _WORKED_ON | {"jobs": "SELECT, INSERT, UPDATE"},  # the tick begins them by rule and ends them
    "duty_checkinrule": _COUNTED | {"jobs": "SELECT"},
    "duty_watch": _WORKED_ON,
    "duty_logline": {"web": "SELECT, INSERT", "portal": "", "jobs": "SELECT", "seal": "", "read": ""},  # only added to
    "duty_nightapproval": {"web": "SELECT", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"},
    "duty_upload": _WORKED_ON | {"jobs": "SELECT, DELETE"},  # never those kept for good: the table refuses it
    "duty_uploadview": _SPOKEN,
    "duty_stockcount": _COUNTED,
    "duty_stockseen": {"web": "SELECT, INSERT, DELETE", "portal": "", "jobs": "", "seal": "", "read": ""},
    "duty_stockdifference": _COUNTED | {"web": "SELECT, INSERT, UPDATE, DELETE"},
}
