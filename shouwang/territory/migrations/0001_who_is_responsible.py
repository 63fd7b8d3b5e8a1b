"""What the public may read of posts: who is responsible for an area, by name and role. Nothing else of anybody."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION territory_responsible(areas uuid[], at timestamptz)
RETURNS TABLE (area uuid, holder text, role text, covers boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT DISTINCT ON (post.area_id) post.area_id, person.name, post.role, post.acting_for_id IS NOT NULL
    FROM people_post post JOIN people_person person ON person.id = post.person_id
    WHERE post.area_id = ANY (areas) AND post.during @> at AND person.active
        AND (post.responsible OR post.acting_for_id IN (SELECT id FROM people_post WHERE responsible))
    ORDER BY post.area_id, post.acting_for_id IS NULL, lower(post.during) DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_portal_reaches_own_account"),
        ("places", "0003_standard_addresses"),
    ]

    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION territory_responsible(uuid[], timestamptz);")]
