from django.db import migrations, models

FUNCTIONS = ("make_track_day(date)", "drop_track_days(timestamptz, timestamptz)")
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
COLUMNS = "unit, shift, at, received_at, lon, lat, speed_mps, heading_deg, accuracy_m, battery_share, late, source"

TABLE = """\
ALTER TABLE tracking_fix RENAME TO tracking_fix_whole;
CREATE TABLE tracking_fix (
    unit uuid NOT NULL,
    shift uuid NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    speed_mps double precision,
    heading_deg double precision,
    accuracy_m double precision,
    battery_share double precision,
    late boolean NOT NULL,
    source varchar(12) NOT NULL,
    in_duty varchar(200) NOT NULL DEFAULT '',
    in_government varchar(200) NOT NULL DEFAULT '',
    CONSTRAINT fix_key PRIMARY KEY (unit, at)
) PARTITION BY RANGE (at);
-- What belongs to no day that was made: strays, and what a review holds when its day is dropped.
CREATE TABLE tracking_fix_other PARTITION OF tracking_fix DEFAULT;
"""

SQL = """\
-- Makes the table of one day of Shanghai; false when it is there. What lay among the others comes along.
CREATE FUNCTION make_track_day(p_day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_name text := 'tracking_fix_' || to_char(p_day, 'YYYYMMDD');
    v_from timestamptz := p_day::timestamp AT TIME ZONE 'Asia/Shanghai';
    v_to timestamptz := (p_day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai';
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('tracking_fix days'));
    IF EXISTS (SELECT 1 FROM pg_class WHERE relname = v_name AND relnamespace = current_schema()::regnamespace) THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE tracking_fix INCLUDING ALL)', v_name);
    EXECUTE format(
        'WITH moved AS (DELETE FROM tracking_fix_other WHERE at >= %L AND at < %L RETURNING *)'
        ' INSERT INTO %I SELECT * FROM moved', v_from, v_to, v_name);
    EXECUTE format('ALTER TABLE tracking_fix ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', v_name, v_from, v_to);
    RETURN true;
END $$;

-- Drops each day that ended before p_before; what a hold names and is younger than p_review is laid aside first.
CREATE FUNCTION drop_track_days(p_before timestamptz, p_review timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_day record;
    v_dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('tracking_fix days'));
    FOR v_day IN
        SELECT relname AS name FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
        WHERE inhparent = 'tracking_fix'::regclass AND relname ~ '^tracking_fix_[0-9]{8}$'
          AND (to_date(right(relname, 8), 'YYYYMMDD') + 1)::timestamp AT TIME ZONE 'Asia/Shanghai' <= p_before
        ORDER BY relname
    LOOP
        EXECUTE format('ALTER TABLE tracking_fix DETACH PARTITION %I', v_day.name);
        EXECUTE format(
            'INSERT INTO tracking_fix SELECT * FROM %I AS fix WHERE at >= %L AND EXISTS ('
            ' SELECT 1 FROM tracking_trackhold AS hold WHERE hold.unit = fix.unit AND hold.during @> fix.at)',
            v_day.name, p_review);
        EXECUTE format('DROP TABLE %I', v_day.name);
        v_dropped := v_dropped + 1;
    END LOOP;
    RETURN v_dropped;
END $$;
"""

FILL = f"""\
SELECT make_track_day(day) FROM (
    SELECT DISTINCT (at AT TIME ZONE 'Asia/Shanghai')::date FROM tracking_fix_whole
    UNION SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date + n FROM generate_series(-1, 7) AS n
) AS days (day);
INSERT INTO tracking_fix ({COLUMNS}) SELECT {COLUMNS} FROM tracking_fix_whole;
DROP TABLE tracking_fix_whole;
ALTER TABLE tracking_lastfix SET (fillfactor = 50);  -- each row is written again every second or so
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0001_fixes_and_holds")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE),
                migrations.RunSQL(SQL),
                migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$"),
                migrations.RunSQL(FILL),
            ],
            state_operations=[
                migrations.DeleteModel("Fix"),
                migrations.CreateModel(
                    name="Fix",
                    fields=[
                        ("pk", models.CompositePrimaryKey("unit", "at", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("unit", models.UUIDField()),
                        ("shift", models.UUIDField()),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("lon", models.FloatField()),
                        ("lat", models.FloatField()),
                        ("speed_mps", models.FloatField(null=True)),
                        ("heading_deg", models.FloatField(null=True)),
                        ("accuracy_m", models.FloatField(null=True)),
                        ("battery_share", models.FloatField(null=True)),
                        ("late", models.BooleanField(default=False)),
                        ("source", models.CharField(max_length=12)),
                        ("in_duty", models.CharField(blank=True, db_default="", default="", max_length=200)),
                        ("in_government", models.CharField(blank=True, db_default="", default="", max_length=200)),
                    ],
                ),
            ],
        )
    ]
