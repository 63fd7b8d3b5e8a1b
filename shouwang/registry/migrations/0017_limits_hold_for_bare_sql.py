"""A plate is asked for, and asked for again, only through functions that count; asks are read on one's own ground."""

from django.conf import settings
from django.db import migrations, models

AGAIN = "ask_vehicle_again(uuid, uuid)"
SQL = """\
-- The second try of a matter, ten minutes after the first: told in the name of whoever asked first where nobody acts.
CREATE FUNCTION ask_vehicle_again(p_ask uuid, p_matter uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_first registry_vehicleask%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('vehicle again ' || p_matter, 0));
    SELECT * INTO v_first FROM registry_vehicleask
    WHERE matter = p_matter AND number = 1 AND vehicle IS NOT NULL AND at <= now() - interval '10 minutes'
      AND NOT EXISTS (SELECT 1 FROM registry_vehicleask WHERE matter = p_matter AND number > 1);
    IF v_first.id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'the owner is told again after ten minutes, and twice at most';
    END IF;
    v_first.person := coalesce(nullif(current_setting('shouwang.person', true), '')::uuid, v_first.person);
    v_first.post := coalesce(nullif(current_setting('shouwang.post', true), '')::uuid, v_first.post);
    v_first.id := p_ask;
    v_first.number := 2;
    v_first.at := now();
    v_first.answered_at := NULL;
    INSERT INTO registry_vehicleask SELECT (v_first).*;
END $$;
"""
FIRST = """
DO $change$ DECLARE
    v_old text := '1 + (SELECT count(*) FROM registry_vehicleask WHERE matter = p_matter)';
    v_text text := pg_get_functiondef(
        'ask_vehicle(uuid, uuid, uuid, varchar, varchar, varchar, varchar, smallint, bytea)'::regprocedure);
BEGIN
    IF strpos(v_text, v_old) = 0 THEN RAISE 'passage not found in ask_vehicle'; END IF;
    EXECUTE replace(v_text, v_old, '1');
    EXECUTE format('ALTER FUNCTION ask_vehicle_again(uuid, uuid) SET search_path = %I, pg_temp', current_schema());
END $change$
"""
ACTS = "nullif(current_setting('shouwang.person', true), '')::uuid"
OWN = {
    "registry_vehicleask": f"stands_over({ACTS}, area_id)",
    "registry_ownaddress": f"person = {ACTS}",
}


def protect(apps, schema_editor):
    """Of these tables the pages see what is on the ground, or of the person, of whoever acts."""
    for table, own in OWN.items():
        schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f'CREATE POLICY jobs ON {table} TO "{settings.SCHEMA}_jobs" USING (true) WITH CHECK (true)')
        schema_editor.execute(f'CREATE POLICY own ON {table} TO "{settings.SCHEMA}_web" USING ({own}) WITH CHECK ({own})')


class Migration(migrations.Migration):
    dependencies = [("registry", "0016_vehicles_of_their_owners")]

    operations = [
        migrations.AddConstraint(
            "vehicleask",
            models.UniqueConstraint(fields=["matter", "number"], name="vehicle_ask_tries"),
        ),
        migrations.AddConstraint(
            "vehicleask",
            models.CheckConstraint(condition=models.Q(number__in=[1, 2]), name="vehicle_ask_twice_at_most"),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
