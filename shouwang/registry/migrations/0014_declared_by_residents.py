"""Declarations from the portal: naming the address, the way each goes, taking it back; homes that are overdue; households."""

from django.db import migrations, models

FUNCTIONS = (
    "place_declared(text[], uuid)",
    "own_declared()",
    "withdraw_declaration(uuid)",
    "declarations_waiting(varchar[])",
    "overdue_homes(varchar[])",
    "keeps_grid(uuid, uuid)",
    "building_counts(uuid)",
    "homes_in(uuid)",
    "find_household(uuid, text)",
    "profile_counts(varchar[])",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- The one address in use whose whole text was said, or that was chosen. Says where it is, never who lives there.
CREATE FUNCTION place_declared(p_wholes text[], p_chosen uuid) RETURNS TABLE (id uuid, area uuid, full_text varchar)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT a.id, a.area_id, a.full_text FROM places_address AS a
    WHERE a.status = 'in_use' AND CASE WHEN p_chosen IS NULL THEN a.searched = ANY (p_wholes) ELSE a.id = p_chosen END
    ORDER BY a.number LIMIT 2
$$;

-- The way of each of one's declarations: filed, checked, registered, and what became of the residence since.
CREATE FUNCTION own_declared() RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, state varchar, declarer varchar, place varchar, happened_on date,
    filed_at timestamptz, decide_by timestamptz, decided_at timestamptz, reason varchar, verify_by date, ended_on date
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT d.id, d.kind, d.receipt_no, d.state, d.declarer, a.full_text, d.happened_on, d.filed_at, d.decide_by,
           d.decided_at, d.reason, lived.verify_by, lived.ended_on
    FROM registry_declaration AS d JOIN places_address AS a ON a.id = d.address_id
    LEFT JOIN registry_residence AS lived ON lived.id = d.residence
    WHERE d.filed_by = nullif(current_setting('shouwang.person', true), '')::uuid
    ORDER BY d.filed_at DESC LIMIT 200
$$;

-- What was not answered yet is taken back, and what was said in it is gone.
CREATE FUNCTION withdraw_declaration(p_id uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_area uuid;
BEGIN
    UPDATE registry_declaration SET state = 'withdrawn', told_enc = NULL, decided_at = clock_timestamp()
    WHERE id = p_id AND state IN ('filed', 'checked')
      AND filed_by = nullif(current_setting('shouwang.person', true), '')::uuid
    RETURNING area_id INTO v_area;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is not yours, or it is answered';
    END IF;
    RETURN v_area;
END $$;

CREATE OR REPLACE FUNCTION declarations_waiting(p_paths varchar[]) RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, declarer varchar, grid varchar, filed_at timestamptz,
    due_at timestamptz, decide_by timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT d.id, d.kind, d.receipt_no, d.declarer, area.name, d.filed_at, d.due_at, d.decide_by
    FROM registry_declaration AS d JOIN places_area AS area ON area.id = d.area_id
    WHERE d.state IN ('filed', 'checked') AND own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    ORDER BY d.decide_by, d.id LIMIT 200
$$;

-- Let homes whose declared time or date of verification is past: the home and since when, nobody in it.
CREATE FUNCTION overdue_homes(p_paths varchar[]) RETURNS TABLE (place varchar, grid varchar, since date)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT dwelling.address_text, area.name, min(least(lived.verify_by, coalesce(lived.to_on, lived.verify_by)))
    FROM registry_residence AS lived
    JOIN registry_dwelling AS dwelling ON dwelling.id = lived.dwelling_id
    JOIN places_area AS area ON area.id = dwelling.area_id
    WHERE lived.ended_on IS NULL AND lived.relation IN ('tenant', 'lodger', 'staff')
      AND least(lived.verify_by, coalesce(lived.to_on, lived.verify_by)) < (now() AT TIME ZONE 'Asia/Shanghai')::date
      AND own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    GROUP BY dwelling.id, dwelling.address_text, area.name ORDER BY 3, 1 LIMIT 200
$$;

-- Whether this is the officer of that very grid or of its community: nobody from further up (提栋知户、提户知人).
CREATE FUNCTION keeps_grid(p_person uuid, p_area uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_post AS post
        JOIN people_person AS person ON person.id = post.person_id AND person.active
        JOIN places_area AS over ON over.id = post.area_id AND over.tier IN ('community', 'grid')
        JOIN places_area AS here ON here.id = p_area
        WHERE post.person_id = p_person AND post.during @> now()
          AND post.role IN ('community_officer', 'police_officer')
          AND over.duty_path <> '' AND starts_with(here.duty_path, over.duty_path))
$$;

-- Counts of a building; fewer than five people are “fewer than five” (NULL).
CREATE FUNCTION building_counts(p_building uuid) RETURNS TABLE (homes bigint, households bigint, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    v_building places_address%ROWTYPE;
BEGIN
    SELECT * INTO v_building FROM places_address WHERE id = p_building;
    IF v_building.id IS NULL
       OR NOT keeps_grid(nullif(current_setting('shouwang.person', true), '')::uuid, v_building.area_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the officer of its grid counts a building';
    END IF;
    RETURN QUERY
        SELECT count(DISTINCT dwelling.id), count(DISTINCT lived.dwelling_id),
               CASE WHEN count(DISTINCT lived.resident_id) >= 5 OR count(DISTINCT lived.resident_id) = 0
                    THEN count(DISTINCT lived.resident_id) END
        FROM places_address AS home
        JOIN registry_dwelling AS dwelling ON dwelling.address_id = home.id
        LEFT JOIN registry_residence AS lived ON lived.dwelling_id = dwelling.id AND lived.ended_on IS NULL
        WHERE starts_with(home.path, v_building.path);
END $$;

CREATE FUNCTION homes_in(p_building uuid) RETURNS TABLE (dwelling uuid, place varchar, lived_in boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    v_building places_address%ROWTYPE;
BEGIN
    SELECT * INTO v_building FROM places_address WHERE id = p_building;
    IF v_building.id IS NULL
       OR NOT keeps_grid(nullif(current_setting('shouwang.person', true), '')::uuid, v_building.area_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the officer of its grid sees the homes of a building';
    END IF;
    RETURN QUERY
        SELECT one.id, one.address_text, EXISTS (
            SELECT 1 FROM registry_residence AS lived WHERE lived.dwelling_id = one.id AND lived.ended_on IS NULL)
        FROM places_address AS home JOIN registry_dwelling AS one ON one.address_id = home.id
        WHERE starts_with(home.path, v_building.path) ORDER BY home.path LIMIT 400;
END $$;

-- Who is registered in one home, masked: out of a search that was committed before, with the matter it is for.
CREATE FUNCTION find_household(p_search uuid, p_terms text) RETURNS TABLE (id uuid, shown text)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_search registry_search%ROWTYPE;
    v_dwelling registry_dwelling%ROWTYPE;
    v_found uuid[];
BEGIN
    SELECT * INTO v_search FROM registry_search AS one WHERE one.id = p_search FOR UPDATE;
    IF v_search.id IS NULL OR v_search.person IS DISTINCT FROM v_person OR v_search.register <> 'resident'
       OR v_search.terms_check IS DISTINCT FROM sha256(convert_to(p_terms, 'UTF8') || uuid_send(p_search)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no such search by this person';
    END IF;
    IF v_search.matter IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a household is opened for a matter';
    END IF;
    IF v_search.began_at < clock_timestamp() - interval '60 seconds' OR v_search.shown IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this search is over';
    END IF;
    IF v_search.transaction = pg_current_xact_id()::text::bigint
       OR pg_xact_status(v_search.transaction::text::xid8) IS DISTINCT FROM 'committed' THEN
        RAISE insufficient_privilege USING MESSAGE = 'the search must be committed before anything is found';
    END IF;
    SELECT * INTO v_dwelling FROM registry_dwelling AS d WHERE d.id = (p_terms::jsonb ->> 'dwelling')::uuid;
    IF v_dwelling.id IS NULL OR NOT keeps_grid(v_person, v_dwelling.area_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the officer of its grid opens a household';
    END IF;
    SELECT array_agg(resident_id ORDER BY resident_id) INTO v_found FROM (
        SELECT DISTINCT lived.resident_id FROM registry_residence AS lived
        WHERE lived.dwelling_id = v_dwelling.id AND lived.ended_on IS NULL LIMIT 20) AS few;
    UPDATE registry_search AS one SET shown = coalesce(v_found, '{}') WHERE one.id = p_search;
    RETURN QUERY
        SELECT r.id, left(r.name, 1) || repeat('*', length(r.name) - 1) FROM registry_resident AS r
        WHERE r.id = ANY (v_found) ORDER BY r.id;
END $$;

-- The sheet of a station: by community and by what is counted. Fewer than five people are “fewer than five” (NULL).
CREATE FUNCTION profile_counts(p_paths varchar[]) RETURNS TABLE (area uuid, counted varchar, item varchar, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    WITH ground AS (
        SELECT grid.id AS grid, over.id AS area FROM places_area AS grid
        JOIN places_area AS over ON over.tier = 'community' AND over.duty_path <> ''
         AND starts_with(grid.duty_path, over.duty_path)
        WHERE own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
          AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path WHERE starts_with(over.duty_path, path))
    )
    SELECT g.area, 'people'::varchar, r.category, CASE WHEN count(*) >= 5 THEN count(*) END
    FROM registry_resident AS r JOIN ground AS g ON g.grid = r.area_id GROUP BY g.area, r.category
    UNION ALL
    SELECT g.area, 'homes', d.occupancy, count(*)
    FROM registry_dwelling AS d JOIN ground AS g ON g.grid = d.area_id GROUP BY g.area, d.occupancy
    UNION ALL
    SELECT g.area, 'units', o.unit_kind, count(*)
    FROM registry_organisation AS o JOIN ground AS g ON g.grid = o.area_id GROUP BY g.area, o.unit_kind
    UNION ALL
    SELECT g.area, 'stale', 'residences', count(*) FROM registry_residence AS lived
    JOIN registry_dwelling AS d ON d.id = lived.dwelling_id JOIN ground AS g ON g.grid = d.area_id
    WHERE lived.ended_on IS NULL AND lived.verify_by < (now() AT TIME ZONE 'Asia/Shanghai')::date GROUP BY g.area
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0013_buildings_are_left")]
    operations = [
        migrations.AlterField(
            model_name="declaration",
            name="state",
            field=models.CharField(
                choices=[
                    ("filed", "Filed"),
                    ("checked", "Identity checked"),
                    ("accepted", "Registered"),
                    ("refused", "Not registered"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="filed",
                max_length=10,
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
