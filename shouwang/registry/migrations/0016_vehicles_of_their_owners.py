"""Vehicles declared by their owners; a plate leads to a message and to nothing else."""

import django.db.models.deletion
import shouwang.core.ids
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = (
    "ask_vehicle(uuid, uuid, uuid, varchar, varchar, varchar, varchar, smallint, bytea)",
    "own_asks()",
    "answer_ask(uuid)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- Ten an hour and thirty a day for one person: whoever walks along a street of parked cars gets no further.
CREATE FUNCTION ask_vehicle(
    p_ask uuid, p_matter uuid, p_area uuid, p_reason varchar, p_place varchar, p_street varchar, p_plate varchar,
    p_bucket smallint, p_hash bytea
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_vehicle uuid;
BEGIN
    IF v_person IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'an owner is told for somebody';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('vehicle ' || v_person, 0));
    IF (SELECT count(*) FROM registry_vehicleask WHERE person = v_person AND at > now() - interval '1 hour') >= 10
       OR (SELECT count(*) FROM registry_vehicleask WHERE person = v_person AND at > now() - interval '1 day') >= 30 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many vehicles by this person';
    END IF;
    SELECT v.id INTO v_vehicle FROM registry_vehicle AS v
    WHERE v.plate_bucket = p_bucket AND v.ends_on >= (now() AT TIME ZONE 'Asia/Shanghai')::date
      AND v.plate_check = substring(sha256(p_hash || uuid_send(v.id)) FROM 1 FOR 8)
    ORDER BY v.declared_at DESC LIMIT 1;
    INSERT INTO registry_vehicleask (
        id, matter, vehicle, plate, place_text, reason, street, area_id, person, post, number, at
    ) VALUES (
        p_ask, p_matter, v_vehicle, p_plate, p_place, p_reason, p_street, p_area, v_person,
        nullif(current_setting('shouwang.post', true), '')::uuid,
        1 + (SELECT count(*) FROM registry_vehicleask WHERE matter = p_matter), now()
    );
    RETURN v_vehicle IS NOT NULL;
END $$;

CREATE FUNCTION own_asks() RETURNS TABLE (
    id uuid, at timestamptz, shown varchar, reason varchar, place_text varchar, unit varchar, role varchar,
    person varchar, answered boolean
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT DISTINCT ON (ask.at, ask.id) ask.id, ask.at, v.shown, ask.reason, ask.place_text, area.name, post.role,
           staff.name, ask.answered_at IS NOT NULL
    FROM registry_vehicleask AS ask
    JOIN registry_vehicle AS v ON v.id = ask.vehicle AND v.person = people_own_resident()
    LEFT JOIN people_person AS staff ON staff.id = ask.person
    LEFT JOIN people_post AS post ON post.person_id = ask.person AND post.during @> ask.at
     AND (ask.post IS NULL OR post.id = ask.post)
    LEFT JOIN places_area AS area ON area.id = post.area_id
    ORDER BY ask.at DESC, ask.id, post.id LIMIT 100
$$;

CREATE FUNCTION answer_ask(p_ask uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    UPDATE registry_vehicleask AS ask SET answered_at = coalesce(ask.answered_at, now())
    FROM registry_vehicle AS v WHERE ask.id = p_ask AND v.id = ask.vehicle AND v.person = people_own_resident();
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is not about a vehicle of one''s own';
    END IF;
END $$;
"""


def protect(apps, schema_editor):
    """The portal reaches the vehicles of whoever signed in, and no others."""
    town = settings.SCHEMA
    schema_editor.execute("ALTER TABLE registry_vehicle ENABLE ROW LEVEL SECURITY")
    schema_editor.execute(f'CREATE POLICY jobs ON registry_vehicle TO "{town}_jobs" USING (true) WITH CHECK (true)')
    schema_editor.execute(
        f'CREATE POLICY own ON registry_vehicle TO "{town}_portal" USING (person = people_own_resident())'
        " WITH CHECK (person = people_own_resident())"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
        ("registry", "0015_odd_looks_and_decoys"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("person", models.UUIDField(db_index=True)),
                ("plate_bucket", models.SmallIntegerField(db_index=True)),
                ("plate_check", models.BinaryField()),
                ("shown", models.CharField(max_length=10)),
                ("declared_at", models.DateTimeField()),
                ("ends_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="VehicleAsk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matter", models.UUIDField(db_index=True)),
                ("vehicle", models.UUIDField(null=True)),
                ("plate", models.CharField(blank=True, default="", max_length=8)),
                ("place_text", models.CharField(blank=True, default="", max_length=200)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("unlocked", "stands unlocked or open"),
                            ("obstructing", "stands in the way"),
                            ("hazard", "may be a danger"),
                        ],
                        max_length=12,
                    ),
                ),
                ("street", models.CharField(max_length=80)),
                ("person", models.UUIDField()),
                ("post", models.UUIDField(null=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
