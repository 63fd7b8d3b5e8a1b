"""The credit code of a unit can be put right, and the database says by itself when it is another unit's."""

from django.db import migrations

PASSAGES = (
    ("'{unit_name,grams,unit_kind,", "'{unit_name,grams,credit_code,unit_kind,"),
    ("    EXCEPTION WHEN OTHERS THEN",
     "    EXCEPTION WHEN unique_violation THEN\n"
     "        RAISE unique_violation USING MESSAGE = 'this belongs to another record';\n"
     "    WHEN OTHERS THEN"),
)  # fmt: skip
CHANGED = "".join(
    f"""
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in change_record'; END IF;
    v_text := replace(v_text, $old${old}$old$, $new${new}$new$);"""
    for old, new in PASSAGES
)
CHANGE = f"""
DO $change$ DECLARE
    v_text text := pg_get_functiondef('change_record(varchar, uuid, jsonb)'::regprocedure);
BEGIN {CHANGED}
    EXECUTE v_text;
END $change$
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0017_limits_hold_for_bare_sql")]

    operations = [migrations.RunSQL(CHANGE, migrations.RunSQL.noop)]
