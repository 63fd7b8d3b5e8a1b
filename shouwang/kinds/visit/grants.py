"""Least rights on wishes and the device ledger: staff note and end, a job opens what is due and forgets what is over.

Nobody deletes from the ledger.
"""

_LEDGER = {"web": "SELECT, INSERT, UPDATE", "portal": "", "jobs": "SELECT", "seal": "", "read": "SELECT"}

GRANTS = {
    "visit_wish": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, UPDATE, DELETE",
        "seal": "",
        "read": "",
    },
    "visit_device": _LEDGER,
    "visit_outing": _LEDGER,
}
