"""A number is looked for in its index alone: a bucket of a thousand is told apart without touching a single record.

Before, each record of the bucket was fetched for its area, a thousand pages for one number. Now the check of the row
narrows the bucket within the index, and only what is left is asked for its ground.
"""

from django.db import migrations

PASSAGES = (
    (
        """' AND r.%1$s_bucket = ($4 #>> ''{%1$s,0}'')::smallint AND r.%1$s_check ='
               ' substring(sha256(decode($4 #>> ''{%1$s,1}'', ''hex'') || uuid_send(r.id)) FROM 1 FOR 8)'""",
        """' AND r.id = ANY (ARRAY(SELECT b.id FROM registry_resident AS b'
               ' WHERE b.%1$s_bucket = ($4 #>> ''{%1$s,0}'')::smallint AND b.%1$s_check ='
               ' substring(sha256(decode($4 #>> ''{%1$s,1}'', ''hex'') || uuid_send(b.id)) FROM 1 FOR 8)))'""",
    ),
    (
        """        v_where := 'true';
    ELSE
""",
        """        v_where := 'true';
    ELSIF v_terms ?| '{doc,phone,tail}' THEN
        v_where := '(SELECT bool_or(starts_with(area.duty_path, path) OR starts_with(area.government_path, path))'
            ' FROM places_area AS area, unnest($5) AS path WHERE area.id = r.area_id)';
    ELSE
""",
    ),
    ("USING v_areas, v_grams, v_place, v_terms;", "USING v_areas, v_grams, v_place, v_terms, v_search.paths;"),
)
REPLACED = """
DO $change$ DECLARE
    v_text text := pg_get_functiondef('find_in_register(uuid, text)'::regprocedure);
BEGIN
    {steps}
    EXECUTE v_text;
END $change$
"""
STEP = """
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in find_in_register'; END IF;
    v_text := replace(v_text, $old${old}$old$, $new${new}$new$);
"""


def replaced(passages):
    return REPLACED.format(steps="".join(STEP.format(old=old, new=new) for old, new in passages))


class Migration(migrations.Migration):
    dependencies = [("registry", "0018_a_code_is_put_right")]

    operations = [
        migrations.RunSQL(replaced(PASSAGES), replaced((new, old) for old, new in PASSAGES)),
    ]
