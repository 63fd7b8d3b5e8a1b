"""The lines of “who looked”, for faces that may read neither looks nor staff: only for identities they name."""

from django.db import migrations

SIGNATURE = "who_looked(uuid[], uuid, text[])"
SQL = """\
CREATE FUNCTION who_looked(p_identities uuid[], p_matter uuid, p_roles text[]) RETURNS TABLE (
    entry uuid, at timestamptz, unit varchar, role varchar, person varchar, fields varchar[], purpose varchar,
    basis varchar, matter uuid
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT DISTINCT ON (look.at, look.entry)
           look.entry, look.at, area.name, post.role, person.name, look.fields, look.purpose, look.basis, look.matter
    FROM registry_look AS look
    LEFT JOIN people_person AS person ON person.id = look.person
    LEFT JOIN people_post AS post
           ON (look.post IS NOT NULL AND post.id = look.post)
           OR (look.post IS NULL AND post.person_id = look.person AND post.during @> look.at)
    LEFT JOIN places_area AS area ON area.id = post.area_id
    WHERE look.identity = ANY (p_identities) AND (p_matter IS NULL OR look.matter = p_matter)
    ORDER BY look.at DESC, look.entry, (post.role = ANY (p_roles)) DESC NULLS LAST, post.id
    LIMIT 500
$$
"""
SAFE_PATH = f"""
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION {SIGNATURE} SET search_path = %I, pg_temp', current_schema());
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0002_look_functions"),
        ("people", "0001_posts_sessions_and_grants"),
        ("places", "0001_areas_and_ground"),
    ]
    operations = [
        migrations.RunSQL(SQL, f"DROP FUNCTION {SIGNATURE}"),
        migrations.RunSQL(SAFE_PATH, migrations.RunSQL.noop),
    ]
