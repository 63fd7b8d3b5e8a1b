"""Taking a batch over, and back: sets of lines at a time, by the role of the jobs alone."""

from django.db import migrations

FUNCTIONS = (
    "recognise_sheet(uuid, integer, integer, timestamptz)",
    "count_staged(uuid)",
    "take_over_sheet(uuid, integer, integer)",
    "undo_sheet(uuid, varchar, integer, integer)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- Finds out which lines p_from … p_to speak of what is there already; of residents only those created since p_since
-- are asked (null: all). None of these functions gives a row away: they return counts.
CREATE FUNCTION recognise_sheet(p_batch uuid, p_from integer, p_to integer, p_since timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_kind varchar := (SELECT kind FROM sheets_batch WHERE id = p_batch);
BEGIN
    IF v_kind = 'residents' THEN
        IF p_since IS NULL THEN  -- several lines of one person: the first makes him
            UPDATE sheets_staged AS s SET person = (
                SELECT first.person FROM sheets_staged AS first
                WHERE first.batch_id = p_batch AND first.match = s.match ORDER BY first.number LIMIT 1)
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to;
        END IF;
        IF p_since IS NULL THEN
            UPDATE sheets_staged AS s SET person = r.id FROM registry_resident AS r
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND r.doc_bucket = s.bucket
              AND r.doc_check = substring(sha256(s.match || uuid_send(r.id)) FROM 1 FOR 8);
        ELSE
            UPDATE sheets_staged AS s SET person = r.id FROM registry_resident AS r
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND r.doc_bucket = s.bucket
              AND r.created_at >= p_since
              AND r.doc_check = substring(sha256(s.match || uuid_send(r.id)) FROM 1 FOR 8);
        END IF;
        UPDATE sheets_staged AS s SET known = true
        FROM registry_residence AS lived JOIN registry_dwelling AS home ON home.id = lived.dwelling_id
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND lived.resident_id = s.person
          AND home.address_id = s.address AND lived.ended_on IS NULL;
    ELSIF v_kind = 'dwellings' THEN
        UPDATE sheets_staged AS s SET known = true FROM registry_dwelling AS home
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND home.address_id = s.address;
    ELSIF v_kind = 'organisations' THEN
        UPDATE sheets_staged AS s SET known = true FROM registry_organisation AS unit
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to
          AND (unit.address_id = s.address AND unit.unit_name = s.given -> 'record' ->> 'unit_name'
               OR unit.credit_code <> '' AND unit.credit_code = s.given -> 'record' ->> 'credit_code');
    ELSIF v_kind = 'addresses' THEN
        UPDATE sheets_staged AS s SET known = true FROM places_address AS one
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to
          AND one.full_text = s.given -> 'record' ->> 'full_text' AND one.status IN ('planned', 'in_use');
    END IF;
    IF p_since IS NULL AND v_kind <> 'residents' THEN  -- a line that says what an earlier one said
        UPDATE sheets_staged AS s SET known = true
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND EXISTS (
            SELECT 1 FROM sheets_staged AS first
            WHERE first.batch_id = p_batch AND first.match = s.match AND first.number < s.number);
    END IF;
END $$;

CREATE FUNCTION count_staged(p_batch uuid) RETURNS TABLE (n_new bigint, n_known bigint, n_people bigint)
LANGUAGE sql STABLE AS $$
    SELECT count(*) FILTER (WHERE NOT known), count(*) FILTER (WHERE known),
           count(*) FILTER (WHERE given -> 'resident' ->> 'id' = person::text)
    FROM sheets_staged WHERE batch_id = p_batch
$$;

-- Writes the records of lines p_from … p_to that are not there, and what became of each line. The staged lines go.
CREATE FUNCTION take_over_sheet(p_batch uuid, p_from integer, p_to integer)
RETURNS TABLE (n_made bigint, n_known bigint) LANGUAGE plpgsql AS $$
DECLARE
    v_kind varchar := (SELECT kind FROM sheets_batch WHERE id = p_batch);
    v_person uuid;
BEGIN
    IF v_kind = 'residents' THEN
        INSERT INTO registry_dwelling SELECT new.* FROM sheets_staged AS s,
            LATERAL jsonb_populate_record(NULL::registry_dwelling, s.given -> 'dwelling') AS new
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND s.given ? 'dwelling' AND NOT s.known
        ON CONFLICT (address_id) DO NOTHING;
        INSERT INTO registry_resident SELECT new.* FROM sheets_staged AS s,
            LATERAL jsonb_populate_record(NULL::registry_resident, s.given -> 'resident') AS new
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND new.id = s.person AND NOT s.known;
        INSERT INTO registry_residence SELECT DISTINCT ON (s.person, home.id) new.* FROM sheets_staged AS s
            JOIN registry_dwelling AS home ON home.address_id = s.address,
            LATERAL jsonb_populate_record(NULL::registry_residence, s.given -> 'residence' || jsonb_build_object(
                'resident_id', s.person, 'dwelling_id', home.id)) AS new
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known AND NOT EXISTS (
            SELECT 1 FROM registry_residence AS lived
            WHERE lived.resident_id = s.person AND lived.dwelling_id = home.id AND lived.ended_on IS NULL)
        ORDER BY s.person, home.id, s.number;
        FOR v_person IN  -- who was registered elsewhere is found where he lives now
            SELECT DISTINCT s.person FROM sheets_staged AS s
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known
              AND s.given -> 'resident' ->> 'id' <> s.person::text
        LOOP
            PERFORM settle_resident(v_person);
        END LOOP;
        INSERT INTO sheets_line (id, batch_id, number, digest, made, resident, dwelling)
        SELECT s.id, p_batch, s.number, s.digest, lived.id IS NOT NULL,
               CASE WHEN NOT s.known AND s.given -> 'resident' ->> 'id' = s.person::text THEN s.person END,
               CASE WHEN NOT s.known THEN home.id END
        FROM sheets_staged AS s LEFT JOIN registry_residence AS lived ON lived.id = s.id
            LEFT JOIN registry_dwelling AS home ON home.id = (s.given -> 'dwelling' ->> 'id')::uuid
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to;
    ELSE
        IF v_kind = 'dwellings' THEN
            INSERT INTO registry_dwelling SELECT new.* FROM sheets_staged AS s,
                LATERAL jsonb_populate_record(NULL::registry_dwelling, s.given -> 'record') AS new
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known
            ON CONFLICT DO NOTHING;
        ELSIF v_kind = 'organisations' THEN
            INSERT INTO registry_organisation SELECT new.* FROM sheets_staged AS s,
                LATERAL jsonb_populate_record(NULL::registry_organisation, s.given -> 'record') AS new
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known
            ON CONFLICT DO NOTHING;
        ELSIF v_kind = 'addresses' THEN
            INSERT INTO places_address SELECT new.* FROM sheets_staged AS s,
                LATERAL jsonb_populate_record(NULL::places_address, s.given -> 'record') AS new
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known ORDER BY s.number
            ON CONFLICT DO NOTHING;
        END IF;
        INSERT INTO sheets_line (id, batch_id, number, digest, made)
        SELECT s.id, p_batch, s.number, s.digest, made.id IS NOT NULL
        FROM sheets_staged AS s LEFT JOIN (
            SELECT id FROM registry_dwelling WHERE v_kind = 'dwellings' UNION ALL
            SELECT id FROM registry_organisation WHERE v_kind = 'organisations' UNION ALL
            SELECT id FROM places_address WHERE v_kind = 'addresses') AS made ON made.id = s.id
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to;
    END IF;
    DELETE FROM sheets_staged WHERE batch_id = p_batch AND number BETWEEN p_from AND p_to;
    RETURN QUERY SELECT count(*) FILTER (WHERE made), count(*) FILTER (WHERE NOT made) FROM sheets_line
        WHERE batch_id = p_batch AND number BETWEEN p_from AND p_to;
END $$;

-- Takes back what the batch made and nobody touched since: neither verified nor ended, corrected, bound or moved into.
CREATE FUNCTION undo_sheet(p_batch uuid, p_step varchar, p_from integer, p_to integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    v_person uuid;
BEGIN
    IF p_step = 'residences' THEN
        FOR v_person IN
            DELETE FROM registry_residence AS lived USING sheets_line AS one
            WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to AND one.made AND lived.id = one.id
              AND lived.ended_on IS NULL AND lived.verified_at = lived.created_at
            RETURNING CASE WHEN one.resident IS NULL THEN lived.resident_id END
        LOOP
            IF v_person IS NOT NULL THEN
                PERFORM settle_resident(v_person);
            END IF;
        END LOOP;
    ELSIF p_step = 'residents' THEN
        DELETE FROM registry_resident AS r USING sheets_line AS one
        WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to AND r.id = one.resident
          AND r.verified_at = r.created_at AND r.account IS NULL AND r.identity_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM registry_residence AS lived WHERE lived.resident_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM journal_entry AS told WHERE told.subject = r.id);
    ELSIF p_step = 'dwellings' THEN
        DELETE FROM registry_dwelling AS home USING sheets_line AS one
        WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to
          AND (home.id = one.dwelling OR one.made AND home.id = one.id)
          AND home.verified_at = home.created_at
          AND NOT EXISTS (SELECT 1 FROM registry_residence AS lived WHERE lived.dwelling_id = home.id)
          AND NOT EXISTS (SELECT 1 FROM journal_entry AS told WHERE told.subject = home.id);
    ELSIF p_step = 'organisations' THEN
        DELETE FROM registry_organisation AS unit USING sheets_line AS one
        WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to AND one.made AND unit.id = one.id
          AND unit.verified_at = unit.created_at
          AND NOT EXISTS (SELECT 1 FROM journal_entry AS told WHERE told.subject = unit.id);
    ELSIF p_step = 'lines' THEN
        DELETE FROM sheets_line AS one
        WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to AND NOT (
            EXISTS (SELECT 1 FROM registry_residence WHERE id = one.id)
            OR EXISTS (SELECT 1 FROM registry_resident WHERE id = one.resident)
            OR EXISTS (SELECT 1 FROM registry_dwelling WHERE id = one.id)
            OR EXISTS (SELECT 1 FROM registry_organisation WHERE id = one.id)
            OR EXISTS (SELECT 1 FROM places_address WHERE id = one.id));
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("sheets", "0001_batches"), ("registry", "0007_changing_and_counting"), ("journal", "0001_entries_leaves_and_heads"),
                    ("places", "0003_standard_addresses")]
    operations = [
        migrations.RunSQL(SQL, "".join(f"DROP FUNCTION {one};" for one in FUNCTIONS)),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
