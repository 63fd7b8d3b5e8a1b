"""Row security for migrations: staff see every row of a table, the portal those of which a condition is true."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import migrations

STAFF = ("web", "jobs", "seal", "read")
OPENED = (  # to whoever acts: by his account, or by the receipt in his hand
    "(SELECT matter FROM people_opened_matters(NULLIF(current_setting('shouwang.person', true), '')::uuid,"
    " NULLIF(current_setting('shouwang.grant', true), '')::uuid, now()))"
)


def portal_reaches(table: str, seen: str, written: str | None = None, *, act: str = "ALL") -> migrations.RunPython:
    """Of `table` the portal sees the rows for which `seen` (SQL) holds, and writes those for which `written` does.

    written  `seen`, unless it is said
    act      ALL, or SELECT where it writes nothing
    """
    holds = f"USING ({seen})" if act == "SELECT" else f"USING ({seen}) WITH CHECK ({written or seen})"

    def protect(_apps: Any, schema_editor: Any) -> None:
        staff = ", ".join(f'"{settings.SCHEMA}_{role}"' for role in STAFF)
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY staff ON {table} TO {staff} USING (true) WITH CHECK (true)")
        schema_editor.execute(f'CREATE POLICY portal ON {table} FOR {act} TO "{settings.SCHEMA}_portal" {holds}')

    def unprotect(_apps: Any, schema_editor: Any) -> None:
        schema_editor.execute(f"DROP POLICY portal ON {table}")
        schema_editor.execute(f"DROP POLICY staff ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    return migrations.RunPython(protect, unprotect)
