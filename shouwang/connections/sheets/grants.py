"""Pages bring a file and follow it; only jobs read what stands in it, and only jobs write into the registers by it."""

_ON_THE_WAY = {"web": "", "portal": "", "jobs": "SELECT, INSERT, UPDATE, DELETE", "seal": "", "read": ""}

GRANTS = {
    "sheets_batch": {
        "web": "SELECT, INSERT, UPDATE",
        "portal": "",
        "jobs": "SELECT, INSERT, UPDATE, DELETE",
        "seal": "",
        "read": "SELECT",
    },
    "sheets_part": _ON_THE_WAY | {"web": "INSERT"},
    "sheets_fault": _ON_THE_WAY | {"web": "SELECT"},
    "sheets_staged": _ON_THE_WAY,
    "sheets_line": _ON_THE_WAY,
}

FUNCTIONS = {
    "recognise_sheet(uuid, integer, integer, timestamptz)": ("jobs",),
    "count_staged(uuid)": ("jobs",),
    "take_over_sheet(uuid, integer, integer)": ("jobs",),
    "undo_sheet(uuid, varchar, integer, integer)": ("jobs",),
}
