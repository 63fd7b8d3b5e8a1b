"""Pages can keep a record and cannot read one; they find and read through committed rows, one at a time."""

_KEPT = {
    "web": "INSERT",
    "portal": "",
    "jobs": "SELECT, INSERT, UPDATE, DELETE",  # sending, rotation, freshness, purge: named functions; the demo town
    "seal": "",
    "read": "",
}
_TOLD = {"web": "INSERT", "portal": "INSERT", "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": ""}
_TRACE = {"web": "", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""}

GRANTS = {
    "registry_identity": {
        "web": "INSERT",
        "portal": "INSERT",
        "jobs": "SELECT, UPDATE, DELETE",
        "seal": "",
        "read": "",
    },
    "registry_resident": _KEPT,
    "registry_residence": _KEPT,
    "registry_dwelling": _KEPT,
    "registry_organisation": _KEPT,
    "registry_declaration": _KEPT | {"portal": "INSERT"},
    "registry_countercode": {
        "web": "SELECT, UPDATE",
        "portal": "INSERT",
        "jobs": "SELECT, DELETE",
        "seal": "",
        "read": "",
    },
    "registry_request": {"web": "", "portal": "", "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": ""},
    "registry_owncopy": {"web": "", "portal": "", "jobs": "SELECT, UPDATE, DELETE", "seal": "", "read": ""},
    "registry_looktoken": _TRACE,
    "registry_look": _TRACE | {"web": "SELECT"},
    "registry_search": _TRACE,
    "registry_emergency": _TRACE | {"web": "SELECT, INSERT, UPDATE", "jobs": "SELECT, UPDATE, DELETE"},
    "registry_sitting": _TRACE | {"web": "SELECT, INSERT"},
}

FUNCTIONS = {
    "open_look(varchar, uuid[], varchar, varchar, uuid, varchar[], uuid, uuid)": ("web",),
    "read_identities(uuid)": ("web",),
    "read_records(uuid)": ("web",),
    "register_fields()": ("web",),
    "open_search(uuid, varchar, text, varchar[])": ("web",),
    "find_records(uuid, text)": ("web",),
    "change_record(varchar, uuid, jsonb)": ("web",),
    "settle_resident(uuid)": ("web",),
    "dwelling_at(uuid)": ("web",),
    "count_residents(varchar[])": ("web",),
    "declarations_waiting(varchar[])": ("web",),
    "own_declarations()": ("web", "portal"),
    "register_quality(varchar[], integer)": ("web",),
    "who_looked(uuid[], uuid, text[])": ("web", "portal"),
    "identity_wishes_no_contact(uuid, boolean)": ("web", "portal"),
    "own_resident()": ("web", "portal"),
    "free_account(uuid)": ("web",),
    "file_request(uuid, varchar, uuid, bytea, integer, varchar, timestamptz, timestamptz, date)": ("web", "portal"),
    "own_requests()": ("web", "portal"),
    "requests_waiting(varchar[])": ("web",),
    "erase_resident(uuid, uuid)": ("web",),
    "ask_copy(uuid, timestamptz)": ("web", "portal"),
    "own_copies()": ("web", "portal"),
    "own_looks(uuid[], text[])": ("web", "portal"),
    # the steps of the functions above: nobody's to call
    "stands_over(uuid, uuid)": (),
    "own_ground(uuid, varchar[])": (),
    "refuse_too_many(uuid, varchar, integer)": (),
    "may_be_opened(uuid, varchar, uuid[], varchar, uuid, uuid)": (),
    "spend_leave(uuid, boolean)": (),
    "bound_to(uuid, uuid)": (),
    "own_subjects()": (),
}
