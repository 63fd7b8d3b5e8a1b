"""Pages can keep an identity and cannot read one; they read through a committed token, line by line."""

GRANTS = {
    "registry_identity": {
        "web": "INSERT",
        "portal": "INSERT",
        "jobs": "SELECT, UPDATE, DELETE",  # sending, rotation, purge: the named functions of registry/bulk.py
        "seal": "",
        "read": "",
    },
    "registry_looktoken": {"web": "", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
    "registry_look": {"web": "SELECT", "portal": "", "jobs": "SELECT, DELETE", "seal": "", "read": ""},
}

FUNCTIONS = {
    "open_look(uuid[], varchar, varchar, uuid, varchar[], uuid)": ("web",),
    "read_identities(uuid)": ("web",),
    "who_looked(uuid[], uuid, text[])": ("web", "portal"),
    "identity_wishes_no_contact(uuid, boolean)": ("web", "portal"),
}
