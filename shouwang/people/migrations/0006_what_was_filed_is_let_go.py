"""The portal ends what was opened to its own account by a function, and changes no grant besides."""

from django.db import migrations

SQL = """
CREATE FUNCTION people_let_go(at timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    WITH gone AS (
        UPDATE people_grant SET revoked_at = at
        WHERE person_id = people_own_resident() AND kind = 'filed' AND revoked_at IS NULL
        RETURNING 1
    )
    SELECT count(*) FROM gone
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_a_binding_ends_with_its_proof")]

    operations = [migrations.RunSQL(SQL, "DROP FUNCTION people_let_go(timestamptz)")]
