"""Emergencies of a building: counts, and those who wished to be looked for; the wish has an end."""

import django.db.models.deletion
from django.db import migrations, models

FUNCTIONS = ("own_evacuation(uuid)", "count_building(uuid)", "wished_in_building(uuid)", "date_the_wish()")
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- The wish holds a year from when it is said, whoever writes it down; said again, it begins anew.
CREATE FUNCTION date_the_wish() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.look_for_me_until := CASE WHEN NEW.look_for_me
        THEN (now() AT TIME ZONE 'Asia/Shanghai' + interval '1 year')::date END;
    RETURN NEW;
END $$;
CREATE TRIGGER resident_dates_the_wish BEFORE INSERT OR UPDATE OF look_for_me ON registry_resident
FOR EACH ROW EXECUTE FUNCTION date_the_wish();
UPDATE registry_resident SET look_for_me = true WHERE look_for_me;

-- The building of an emergency that this person began and that still lasts.
CREATE FUNCTION own_evacuation(p_emergency uuid) RETURNS places_address LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_building places_address%ROWTYPE;
BEGIN
    SELECT building.* INTO v_building FROM registry_emergency AS one
    JOIN registry_sitting AS sitting ON sitting.id = one.sitting_id AND sitting.ends_at > clock_timestamp()
    JOIN places_address AS building ON building.id = one.building_id
    WHERE one.id = p_emergency AND one.person = nullif(current_setting('shouwang.person', true), '')::uuid;
    IF v_building.id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no emergency of a building is on for this person';
    END IF;
    RETURN v_building;
END $$;

CREATE FUNCTION count_building(p_emergency uuid) RETURNS TABLE (name varchar, heads bigint, wished bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    v_building places_address := own_evacuation(p_emergency);
BEGIN
    RETURN QUERY
        SELECT coalesce(part.name, v_building.name), count(*), count(*) FILTER (
            WHERE r.look_for_me AND r.look_for_me_until >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
        FROM places_address AS home
        JOIN registry_dwelling AS dwelling ON dwelling.address_id = home.id
        JOIN registry_residence AS lived ON lived.dwelling_id = dwelling.id AND lived.ended_on IS NULL
        JOIN registry_resident AS r ON r.id = lived.resident_id
        LEFT JOIN places_address AS part ON part.parent_id = v_building.id AND starts_with(home.path, part.path)
        WHERE home.path LIKE v_building.path || '%'
        GROUP BY part.path, coalesce(part.name, v_building.name) ORDER BY part.path;
END $$;

-- Written down as found, twenty in a search, as if they had been searched for; each is then opened by a look.
CREATE FUNCTION wished_in_building(p_emergency uuid) RETURNS TABLE (search uuid, residents uuid[])
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_building places_address := own_evacuation(p_emergency);
BEGIN
    RETURN QUERY
        WITH wished AS (
            SELECT r.id, (row_number() OVER (ORDER BY home.path, r.id) - 1) / 20 AS part
            FROM places_address AS home
            JOIN registry_dwelling AS dwelling ON dwelling.address_id = home.id
            JOIN registry_residence AS lived ON lived.dwelling_id = dwelling.id AND lived.ended_on IS NULL
            JOIN registry_resident AS r ON r.id = lived.resident_id
            WHERE home.path LIKE v_building.path || '%' AND r.look_for_me
              AND r.look_for_me_until >= (now() AT TIME ZONE 'Asia/Shanghai')::date
        ), parts AS (
            SELECT gen_random_uuid() AS id, array_agg(wished.id ORDER BY wished.id) AS shown FROM wished GROUP BY part
        ), kept AS (
            INSERT INTO registry_search (
                id, person, post, sitting, register, purpose, matter, terms_check, paths, began_at, transaction, shown
            )
            SELECT parts.id, one.person, nullif(current_setting('shouwang.post', true), '')::uuid, one.sitting_id,
                   'resident', 'emergency', one.matter, sha256(uuid_send(parts.id)), '{}', clock_timestamp(),
                   pg_current_xact_id()::text::bigint, parts.shown
            FROM parts, registry_emergency AS one WHERE one.id = p_emergency
        )
        SELECT parts.id, parts.shown FROM parts;
END $$;

-- An emergency of a building finds nobody by name.
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('open_search(uuid, varchar, text, varchar[])'::regprocedure),
                    'WHERE sitting_id = p_sitting)', 'WHERE sitting_id = p_sitting AND building_id IS NULL)');
    EXECUTE replace(pg_get_functiondef('register_fields()'::regprocedure),
                    '{look_for_me}', '{look_for_me,look_for_me_until}');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
        ("registry", "0013_follow_the_ground"),
    ]

    operations = [
        migrations.AddField(
            model_name="emergency",
            name="building",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.address"
            ),
        ),
        migrations.AddField(
            model_name="resident",
            name="look_for_me_until",
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
