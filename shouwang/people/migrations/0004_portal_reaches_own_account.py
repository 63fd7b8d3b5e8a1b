"""Row security for the portal: of persons, sessions, proofs and grants it reaches those of the resident who acts."""

from django.db import migrations

from shouwang.core.row_security import portal_reaches

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


class Migration(migrations.Migration):
    dependencies = [("people", "0003_accounts_of_residents")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        portal_reaches("people_person", SELF),
        portal_reaches("people_account", OWN),
        portal_reaches("people_session", OWN),
        portal_reaches("people_passkey", OWN),
        portal_reaches("people_recoverycode", OWN),
        portal_reaches("people_grant", OWN, f"kind = 'receipt' OR (kind = 'filed' AND {OWN})"),
    ]
