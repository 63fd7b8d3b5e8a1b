"""Finding somebody: first the search is committed, then at most twenty masked candidates come back."""

from django.db import migrations

FUNCTIONS = (
    "own_ground(uuid, varchar[])",
    "open_search(uuid, varchar, text, varchar[])",
    "find_records(uuid, text)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- Whether every path lies inside the ground of a post that this person holds today.
CREATE FUNCTION own_ground(p_person uuid, p_paths varchar[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT coalesce(cardinality(p_paths), 0) > 0 AND NOT EXISTS (
        SELECT 1 FROM unnest(p_paths) AS asked (path)
        WHERE asked.path IS NULL OR asked.path !~ '^(/[0-9]+)+/$' OR NOT EXISTS (
            SELECT 1 FROM people_post AS post
            JOIN people_person AS person ON person.id = post.person_id AND person.active
            JOIN places_area AS over ON over.id = post.area_id
            WHERE post.person_id = p_person AND post.during @> now()
              AND (over.duty_path <> '' AND starts_with(asked.path, over.duty_path)
                   OR over.government_path <> '' AND starts_with(asked.path, over.government_path))))
$$;

-- Limits of one person: 120 searches an hour; 200 candidates an hour and 600 a day, a search whose candidates were not
-- written down counting as twenty. Of a million people that is six in ten thousand, masked.
CREATE FUNCTION open_search(p_sitting uuid, p_register varchar, p_terms text, p_paths varchar[]) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_post uuid := nullif(current_setting('shouwang.post', true), '')::uuid;
    v_now timestamptz := clock_timestamp();
    v_search uuid := gen_random_uuid();
    v_sitting registry_sitting%ROWTYPE;
    v_searches bigint;
    v_hour bigint;
    v_day bigint;
BEGIN
    SELECT * INTO v_sitting FROM registry_sitting AS one WHERE one.id = p_sitting;
    IF v_person IS NULL OR v_sitting.person IS DISTINCT FROM v_person OR v_sitting.ends_at < v_now
       OR v_sitting.ends_at > v_now + interval '15 minutes' THEN
        RAISE insufficient_privilege USING MESSAGE = 'finding needs a purpose, said by this person just now';
    END IF;
    IF v_sitting.purpose = 'emergency' AND NOT EXISTS (SELECT 1 FROM registry_emergency WHERE sitting_id = p_sitting) THEN
        RAISE insufficient_privilege USING MESSAGE = 'an emergency has its matter, its reason and its judge';
    END IF;
    IF p_register NOT IN ('resident', 'organisation') OR octet_length(p_terms) NOT BETWEEN 3 AND 4000 THEN
        RAISE insufficient_privilege USING MESSAGE = 'nothing of this kind can be found';
    END IF;
    IF NOT own_ground(v_person, p_paths) THEN
        RAISE insufficient_privilege USING MESSAGE = 'finding reaches over the ground of one''s own posts';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('search ' || v_person, 0));
    SELECT count(*) FILTER (WHERE began_at > v_now - interval '1 hour'),
           coalesce(sum(coalesce(cardinality(shown), 20)) FILTER (WHERE began_at > v_now - interval '1 hour'), 0),
           coalesce(sum(coalesce(cardinality(shown), 20)), 0)
    INTO v_searches, v_hour, v_day
    FROM registry_search WHERE person = v_person AND began_at > v_now - interval '1 day';
    IF v_searches >= 120 OR v_hour >= 200 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many searches by this person within an hour';
    END IF;
    IF v_day >= 600 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many searches by this person within a day';
    END IF;
    INSERT INTO registry_search (
        id, person, post, sitting, register, purpose, matter, terms_check, paths, began_at, transaction, shown
    ) VALUES (
        v_search, v_person, v_post, p_sitting, p_register, v_sitting.purpose, v_sitting.matter,
        sha256(convert_to(p_terms, 'UTF8') || uuid_send(v_search)), p_paths, v_now,
        pg_current_xact_id()::text::bigint, NULL
    );
    RETURN v_search;
END $$;

CREATE FUNCTION find_records(p_search uuid, p_terms text)
RETURNS TABLE (id uuid, shown text, street varchar, grid varchar)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_search registry_search%ROWTYPE;
    v_terms jsonb;
    v_grams varchar[];
    v_place varchar[];
    v_strength integer;
    v_areas uuid[];
    v_where text;
    v_found uuid[];
BEGIN
    SELECT * INTO v_search FROM registry_search AS one WHERE one.id = p_search FOR UPDATE;
    IF v_search.id IS NULL OR v_search.person IS DISTINCT FROM v_person
       OR v_search.terms_check IS DISTINCT FROM sha256(convert_to(p_terms, 'UTF8') || uuid_send(p_search)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no such search by this person';
    END IF;
    IF v_search.began_at < clock_timestamp() - interval '60 seconds' OR v_search.shown IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this search is over';
    END IF;
    IF v_search.transaction = pg_current_xact_id()::text::bigint
       OR pg_xact_status(v_search.transaction::text::xid8) IS DISTINCT FROM 'committed' THEN
        RAISE insufficient_privilege USING MESSAGE = 'the search must be committed before anything is found';
    END IF;

    v_terms := p_terms::jsonb;
    v_grams := ARRAY(SELECT jsonb_array_elements_text(v_terms -> 'grams'));
    v_place := ARRAY(SELECT jsonb_array_elements_text(v_terms -> 'place'));
    v_strength := CASE WHEN v_terms ?| '{doc,phone,tail,code}' THEN 2 ELSE 0 END
        + CASE WHEN EXISTS (SELECT 1 FROM unnest(v_grams) AS one WHERE length(one) > 1) THEN 2
               WHEN v_grams <> '{}' THEN 1 ELSE 0 END
        + CASE WHEN EXISTS (SELECT 1 FROM unnest(v_place) AS one WHERE one ~ '[0-9]') THEN 2
               WHEN v_place <> '{}' THEN 1 ELSE 0 END;
    IF v_strength < 2 THEN
        RAISE insufficient_privilege USING MESSAGE = 'these terms are too short to find anybody by';
    END IF;

    -- An officer who has the whole number of a newcomer's document in hand finds him wherever he was registered; and in
    -- an emergency, which a second person judges, whoever lies in the snow may live anywhere in the town.
    IF v_search.register = 'resident'
       AND (v_search.purpose = 'registration' AND v_terms ? 'doc' OR v_search.purpose = 'emergency') THEN
        v_where := 'true';
    ELSE
        SELECT array_agg(area.id) INTO v_areas FROM places_area AS area
        WHERE EXISTS (SELECT 1 FROM unnest(v_search.paths) AS path
                      WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path));
        v_where := 'r.area_id = ANY ($1)';
    END IF;
    v_where := v_where
        || CASE WHEN v_grams <> '{}' THEN ' AND r.grams @> $2' ELSE '' END
        || CASE WHEN v_place <> '{}' THEN ' AND r.place_grams @> $3' ELSE '' END
        || CASE WHEN v_terms ? 'code' THEN ' AND r.credit_code = ($4 ->> ''code'')' ELSE '' END
        || CASE WHEN v_terms ? 'like' THEN
               CASE v_search.register WHEN 'resident' THEN ' AND r.name' ELSE ' AND r.unit_name' END
               || ' LIKE ($4 ->> ''like'')' ELSE '' END
        || coalesce((SELECT string_agg(format(
               ' AND r.%1$s_bucket = ($4 #>> ''{%1$s,0}'')::smallint AND r.%1$s_check ='
               ' substring(sha256(decode($4 #>> ''{%1$s,1}'', ''hex'') || uuid_send(r.id)) FROM 1 FOR 8)', one), '')
           FROM unnest('{doc,phone,tail}'::text[]) AS one WHERE v_terms ? one), '');
    EXECUTE format('SELECT array_agg(found.id) FROM (SELECT r.id FROM registry_%s AS r WHERE %s LIMIT 20) AS found',
                   v_search.register, v_where)
    INTO v_found USING v_areas, v_grams, v_place, v_terms;
    UPDATE registry_search AS one SET shown = coalesce(v_found, '{}') WHERE one.id = p_search;
    IF v_search.register = 'resident' THEN
        RETURN QUERY
            SELECT r.id, left(r.name, 1) || repeat('*', length(r.name) - 1), r.street, area.name
            FROM registry_resident AS r LEFT JOIN places_area AS area ON area.id = r.area_id
            WHERE r.id = ANY (v_found) ORDER BY area.name, r.street, r.id;
    ELSE
        RETURN QUERY
            SELECT r.id, r.unit_name::text, r.street, area.name
            FROM registry_organisation AS r LEFT JOIN places_area AS area ON area.id = r.area_id
            WHERE r.id = ANY (v_found) ORDER BY area.name, r.unit_name, r.id;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_leave_for_every_register")]
    operations = [
        migrations.RunSQL(SQL, "".join(f"DROP FUNCTION {one};" for one in FUNCTIONS)),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
