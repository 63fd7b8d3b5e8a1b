"""The job finds pairs; officers reach them through functions alone."""

_JOBS = {"web": "", "portal": "", "jobs": "SELECT, INSERT, UPDATE, DELETE", "seal": "", "read": ""}

GRANTS = {"linkage_pair": _JOBS, "linkage_merge": _JOBS}

FUNCTIONS = {
    "pairs_waiting()": ("web",),
    "pairs_merged()": ("web",),
    "open_pair(uuid, uuid)": ("web",),
    "show_pair(uuid)": ("web",),
    "merge_pair(uuid, uuid)": ("web",),
    "tell_apart(uuid)": ("web",),
    "part_pair(uuid)": ("web",),
    "may_judge(uuid, uuid)": (),
}
