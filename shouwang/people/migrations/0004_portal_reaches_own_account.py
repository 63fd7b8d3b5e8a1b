"""Row security for the portal: of persons, sessions, proofs and grants it reaches those of the resident who acts."""

from django.conf import settings
from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_own_resident() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id FROM people_person p
    WHERE p.id = NULLIF(current_setting('shouwang.person', true), '')::uuid AND p.active AND p.standing = 'resident'
$$;

CREATE FUNCTION people_resident_of_contact(given bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id FROM people_account a JOIN people_person p ON p.id = a.person_id
    WHERE a.contact_hash = given AND p.active AND p.standing = 'resident'
$$;

CREATE FUNCTION people_resident_of_passkey(given bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id FROM people_passkey k JOIN people_person p ON p.id = k.person_id
    WHERE k.credential_id = given AND p.active AND p.standing = 'resident'
$$;
"""

BACKWARDS = """
DROP FUNCTION people_resident_of_passkey(bytea);
DROP FUNCTION people_resident_of_contact(bytea);
DROP FUNCTION people_own_resident();
"""

SELF = "id = NULLIF(current_setting('shouwang.person', true), '')::uuid AND standing = 'resident'"
OWN = "person_id = people_own_resident()"
RECEIPT_OR_OWN = f"kind = 'receipt' OR (kind = 'filed' AND {OWN})"
TABLES = {  # table → (what the portal sees and changes, what it may write)
    "people_person": (SELF, SELF),
    "people_account": (OWN, OWN),
    "people_session": (OWN, OWN),
    "people_passkey": (OWN, OWN),
    "people_recoverycode": (OWN, OWN),
    "people_grant": (OWN, RECEIPT_OR_OWN),
}


def protect(apps, schema_editor):
    town = settings.SCHEMA
    for table, (seen, written) in TABLES.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(
            f'CREATE POLICY staff ON {table} TO "{town}_web", "{town}_jobs", "{town}_seal", "{town}_read"'
            " USING (true) WITH CHECK (true)"
        )
        schema_editor.execute(
            f'CREATE POLICY own ON {table} TO "{town}_portal" USING ({seen}) WITH CHECK ({written})'
        )


def unprotect(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"DROP POLICY own ON {table}")
        schema_editor.execute(f"DROP POLICY staff ON {table}")
        schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")


class Migration(migrations.Migration):
    dependencies = [("people", "0003_accounts_of_residents")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS), migrations.RunPython(protect, unprotect)]
