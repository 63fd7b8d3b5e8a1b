"""Judging pairs: shown masked after a committed trace, merged after a look at both, parted again."""

from django.db import migrations

FUNCTIONS = (
    "may_judge(uuid, uuid)", "pairs_waiting()", "pairs_merged()", "open_pair(uuid, uuid)", "show_pair(uuid)",
    "merge_pair(uuid, uuid)", "tell_apart(uuid)", "part_pair(uuid)",
)  # fmt: skip
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
CREATE FUNCTION may_judge(p_person uuid, p_pair uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT 1 FROM linkage_pair WHERE id = p_pair
                   AND (stands_over(p_person, area_id) OR stands_over(p_person, other_area_id)))
$$;

-- What waits on one's ground: where and how probable, never who.
CREATE FUNCTION pairs_waiting() RETURNS TABLE (id uuid, likeness float, found_at timestamptz, grid varchar, other varchar)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT p.id, p.likeness, p.found_at, here.name, there.name
    FROM linkage_pair AS p LEFT JOIN places_area AS here ON here.id = p.area_id
    LEFT JOIN places_area AS there ON there.id = p.other_area_id
    WHERE p.state = 'waiting' AND may_judge(nullif(current_setting('shouwang.person', true), '')::uuid, p.id)
    ORDER BY p.likeness DESC, p.id LIMIT 100
$$;

CREATE FUNCTION pairs_merged() RETURNS TABLE (id uuid, judged_at timestamptz, grid varchar, other varchar)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT p.id, p.judged_at, here.name, there.name
    FROM linkage_pair AS p LEFT JOIN places_area AS here ON here.id = p.area_id
    LEFT JOIN places_area AS there ON there.id = p.other_area_id
    WHERE p.state = 'same' AND may_judge(nullif(current_setting('shouwang.person', true), '')::uuid, p.id)
    ORDER BY p.judged_at DESC, p.id LIMIT 50
$$;

-- A pair is a search that showed two: the same row, the same limits, and each of them opens by the same look.
CREATE FUNCTION open_pair(p_pair uuid, p_sitting uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_post uuid := nullif(current_setting('shouwang.post', true), '')::uuid;
    v_now timestamptz := clock_timestamp();
    v_sitting registry_sitting%ROWTYPE;
    v_pair linkage_pair%ROWTYPE;
    v_search uuid := gen_random_uuid();
    v_shown bigint;
BEGIN
    SELECT * INTO v_sitting FROM registry_sitting WHERE id = p_sitting AND person = v_person AND ends_at > v_now;
    SELECT * INTO v_pair FROM linkage_pair WHERE id = p_pair;
    IF v_sitting.id IS NULL OR v_sitting.purpose <> 'verification' OR v_pair.id IS NULL
       OR NOT may_judge(v_person, p_pair) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this pair is not for this person to judge';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('search ' || v_person, 0));
    SELECT coalesce(sum(coalesce(cardinality(shown), 20)), 0) INTO v_shown
    FROM registry_search WHERE person = v_person AND began_at > v_now - interval '1 hour';
    IF v_shown >= 200 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many searches by this person within an hour';
    END IF;
    INSERT INTO registry_search (
        id, person, post, sitting, register, purpose, matter, terms_check, paths, began_at, transaction, shown
    ) VALUES (
        v_search, v_person, v_post, p_sitting, 'resident', v_sitting.purpose, v_sitting.matter,
        sha256(uuid_send(p_pair) || uuid_send(v_search)), '{}', v_now, pg_current_xact_id()::text::bigint,
        ARRAY[v_pair.left, v_pair.right]
    );
    RETURN v_search;
END $$;

CREATE FUNCTION show_pair(p_search uuid) RETURNS TABLE (id uuid, shown text, street varchar, grid varchar)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_search registry_search%ROWTYPE;
BEGIN
    SELECT * INTO v_search FROM registry_search AS one WHERE one.id = p_search;
    IF v_search.id IS NULL OR v_search.person IS DISTINCT FROM v_person
       OR v_search.began_at < clock_timestamp() - interval '60 seconds'
       OR NOT EXISTS (SELECT 1 FROM linkage_pair AS p
                      WHERE v_search.terms_check = sha256(uuid_send(p.id) || uuid_send(p_search))
                        AND v_search.shown = ARRAY[p.left, p.right]) THEN
        RAISE insufficient_privilege USING MESSAGE = 'no such search by this person';
    END IF;
    IF v_search.transaction = pg_current_xact_id()::text::bigint
       OR pg_xact_status(v_search.transaction::text::xid8) IS DISTINCT FROM 'committed' THEN
        RAISE insufficient_privilege USING MESSAGE = 'the search must be committed before anything is found';
    END IF;
    RETURN QUERY SELECT r.id, left(r.name, 1) || repeat('*', length(r.name) - 1), r.street, area.name
        FROM registry_resident AS r LEFT JOIN places_area AS area ON area.id = r.area_id
        WHERE r.id = ANY (v_search.shown) ORDER BY r.id;
END $$;

-- One person: the residences go to the one kept; the other is found no more, by nobody and nothing. Returns the one
-- laid aside.
CREATE FUNCTION merge_pair(p_pair uuid, p_keep uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_pair linkage_pair%ROWTYPE;
    v_aside uuid;
    v_row jsonb;
    v_ended uuid[];
    v_moved uuid[];
BEGIN
    SELECT * INTO v_pair FROM linkage_pair WHERE id = p_pair FOR UPDATE;
    IF v_pair.id IS NULL OR v_pair.state <> 'waiting' OR p_keep NOT IN (v_pair.left, v_pair.right)
       OR NOT may_judge(v_person, p_pair) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this pair is not for this person to judge';
    END IF;
    IF (SELECT count(DISTINCT one) FROM registry_looktoken AS token, unnest(token.identities) AS one
        WHERE token.person = v_person AND token.register = 'resident' AND one IN (v_pair.left, v_pair.right)
          AND token.used_at > clock_timestamp() - interval '1 hour') < 2 THEN
        RAISE insufficient_privilege USING MESSAGE = 'both are looked at before they are made one';
    END IF;
    v_aside := CASE WHEN p_keep = v_pair.left THEN v_pair.right ELSE v_pair.left END;
    SELECT jsonb_build_object(
        'grams', grams, 'place_grams', place_grams, 'street', street, 'area_id', area_id, 'doc_bucket', doc_bucket,
        'phone_bucket', phone_bucket, 'tail_bucket', tail_bucket, 'account', account) INTO v_row
    FROM registry_resident WHERE id = v_aside FOR UPDATE;
    IF v_row IS NULL OR (v_row ->> 'account' IS NOT NULL
                         AND EXISTS (SELECT 1 FROM registry_resident WHERE id = p_keep AND account IS NOT NULL)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'both are bound to an account: keep them apart, and ask them';
    END IF;
    WITH ended AS (
        UPDATE registry_residence AS lived SET ended_on = greatest(CURRENT_DATE, lived.from_on)
        WHERE lived.resident_id = v_aside AND lived.ended_on IS NULL AND EXISTS (
            SELECT 1 FROM registry_residence AS other
            WHERE other.resident_id = p_keep AND other.dwelling_id = lived.dwelling_id AND other.ended_on IS NULL)
        RETURNING lived.id)
    SELECT coalesce(array_agg(id), '{}') INTO v_ended FROM ended;
    WITH moved AS (
        UPDATE registry_residence SET resident_id = p_keep WHERE resident_id = v_aside AND NOT id = ANY (v_ended)
        RETURNING id)
    SELECT coalesce(array_agg(id), '{}') INTO v_moved FROM moved;
    UPDATE registry_resident SET grams = '{}', place_grams = '{}', street = '', area_id = NULL, doc_bucket = -1,
        phone_bucket = NULL, tail_bucket = NULL, account = NULL WHERE id = v_aside;
    UPDATE registry_resident SET account = coalesce(account, (v_row ->> 'account')::uuid) WHERE id = p_keep;
    PERFORM settle_resident(p_keep);
    INSERT INTO linkage_merge (id, pair_id, kept, aside, row, residences, ended, at)
    VALUES (gen_random_uuid(), p_pair, p_keep, v_aside, v_row, v_moved, v_ended, clock_timestamp());
    UPDATE linkage_pair SET state = 'same', judged_at = clock_timestamp(), judged_by = v_person WHERE id = p_pair;
    RETURN v_aside;
END $$;

CREATE FUNCTION tell_apart(p_pair uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
BEGIN
    UPDATE linkage_pair SET state = 'different', judged_at = clock_timestamp(), judged_by = v_person
    WHERE id = p_pair AND state = 'waiting' AND may_judge(v_person, p_pair);
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'this pair is not for this person to judge';
    END IF;
END $$;

-- Two persons again, as they were; the pair waits again. Returns the one who had been kept.
CREATE FUNCTION part_pair(p_pair uuid) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_merge linkage_merge%ROWTYPE;
BEGIN
    SELECT * INTO v_merge FROM linkage_merge WHERE pair_id = p_pair FOR UPDATE;
    IF v_merge.id IS NULL OR NOT may_judge(v_person, p_pair)
       OR NOT EXISTS (SELECT 1 FROM registry_resident WHERE id = v_merge.aside) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this pair is not for this person to part';
    END IF;
    UPDATE registry_residence SET resident_id = v_merge.aside WHERE id = ANY (v_merge.residences);
    UPDATE registry_residence SET ended_on = NULL WHERE id = ANY (v_merge.ended);
    IF v_merge.row ->> 'account' IS NOT NULL THEN
        UPDATE registry_resident SET account = NULL
        WHERE id = v_merge.kept AND account = (v_merge.row ->> 'account')::uuid;
    END IF;
    UPDATE registry_resident AS r SET grams = was.grams, place_grams = was.place_grams, street = was.street,
        area_id = was.area_id, doc_bucket = was.doc_bucket, phone_bucket = was.phone_bucket,
        tail_bucket = was.tail_bucket, account = was.account
    FROM jsonb_populate_record(NULL::registry_resident, v_merge.row) AS was WHERE r.id = v_merge.aside;
    PERFORM settle_resident(v_merge.kept);
    PERFORM settle_resident(v_merge.aside);
    DELETE FROM linkage_merge WHERE id = v_merge.id;
    UPDATE linkage_pair SET state = 'waiting', judged_at = NULL, judged_by = NULL WHERE id = p_pair;
    RETURN v_merge.kept;
END $$;
"""

# A resident sees who looked at the record of his that was laid aside, too. Changed in the function as it stands.
OLD = "SELECT own_resident()\n"
NEW = f"{OLD}    UNION SELECT aside FROM linkage_merge WHERE kept = own_resident()\n"
SUBJECTS = f"""\
DO $do$
DECLARE
    v_text text := pg_get_functiondef('own_subjects()'::regprocedure);
BEGIN
    IF strpos(v_text, $old${OLD}$old$) = 0 THEN RAISE 'passage not found in own_subjects()'; END IF;
    EXECUTE replace(v_text, $old${OLD}$old$, $new${NEW}$new$);
END $do$
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_pairs"), ("registry", "0010_the_residents_own_side")]
    operations = [
        migrations.RunSQL(SQL, "".join(f"DROP FUNCTION {one};" for one in reversed(FUNCTIONS))),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
        migrations.RunSQL(SUBJECTS, migrations.RunSQL.noop),
    ]
