"""A grant is found by its secret, a resident by his session: through functions, so that no list can be read."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_grant_of(given bytea, wanted text, at timestamptz) RETURNS SETOF people_grant
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT * FROM people_grant g
    WHERE g.token_hash = given AND g.kind = wanted AND g.revoked_at IS NULL AND (g.ends_at IS NULL OR at < g.ends_at)
$$;

CREATE FUNCTION people_opened_matters(holder uuid, held uuid, at timestamptz) RETURNS TABLE (matter uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT g.subject FROM people_grant g
    WHERE (g.person_id = holder OR g.id = held) AND g.kind IN ('receipt', 'party', 'filed')
      AND g.revoked_at IS NULL AND (g.ends_at IS NULL OR at < g.ends_at)
$$;

CREATE FUNCTION people_resident_of_session(given bytea, at timestamptz) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id FROM people_session s JOIN people_person p ON p.id = s.person_id
    WHERE s.token_hash = given AND s.proven_at IS NOT NULL AND s.ended_at IS NULL AND at < s.ends_at
      AND p.active AND p.standing = 'resident'
$$;
"""

BACKWARDS = """
DROP FUNCTION people_grant_of(bytea, text, timestamptz);
DROP FUNCTION people_opened_matters(uuid, uuid, timestamptz);
DROP FUNCTION people_resident_of_session(bytea, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_posts_sessions_and_grants")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
