"""The portal ends the joining of its own account with a resident, and can make none: that is done at a counter."""

from django.db import migrations

SQL = """
CREATE FUNCTION people_end_binding(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    UPDATE people_grant SET revoked_at = at
    WHERE person_id = people_own_resident() AND kind = 'bound' AND revoked_at IS NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_portal_reaches_own_account")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION people_end_binding(timestamptz)")]
