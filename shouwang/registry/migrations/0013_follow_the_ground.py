"""What is registered at an address lies in the grid of that address, also after a new cut; deleting at a request."""

from django.db import migrations

FUNCTIONS = ("erase_resident(uuid)", "follow_addresses()")
SQL = """\
DROP FUNCTION erase_resident(uuid, uuid);
-- Only at the person's own open request, by whoever looked at the record within the hour.
CREATE FUNCTION erase_resident(p_request uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_resident uuid;
BEGIN
    SELECT resident INTO v_resident FROM registry_request
    WHERE id = p_request AND kind = 'erase' AND state = 'filed' AND stands_over(v_person, area_id);
    IF v_resident IS NULL
       OR NOT EXISTS (SELECT 1 FROM registry_looktoken AS token
                      WHERE token.person = v_person AND token.register = 'resident'
                        AND v_resident = ANY (token.identities)
                        AND token.used_at > clock_timestamp() - interval '1 hour') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record is deleted at the request of its person';
    END IF;
    DELETE FROM registry_declaration WHERE residence IN (
        SELECT id FROM registry_residence WHERE resident_id = v_resident);
    DELETE FROM registry_residence WHERE resident_id = v_resident;
    UPDATE registry_request SET wish_enc = NULL WHERE resident = v_resident;
    DELETE FROM registry_owncopy WHERE resident = v_resident;
    DELETE FROM registry_resident WHERE id = v_resident;
END $$;

CREATE FUNCTION follow_addresses() RETURNS TABLE (n_dwellings bigint, n_organisations bigint, n_residents bigint)
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_moved uuid[];
BEGIN
    WITH moved AS (
        UPDATE registry_dwelling AS d SET area_id = a.area_id FROM places_address AS a
        WHERE a.id = d.address_id AND d.area_id IS DISTINCT FROM a.area_id RETURNING d.id
    ) SELECT coalesce(array_agg(id), '{}') INTO v_moved FROM moved;
    n_dwellings := cardinality(v_moved);
    UPDATE registry_organisation AS o SET area_id = a.area_id FROM places_address AS a
    WHERE a.id = o.address_id AND o.area_id IS DISTINCT FROM a.area_id;
    GET DIAGNOSTICS n_organisations = ROW_COUNT;
    UPDATE registry_declaration AS d SET area_id = a.area_id FROM places_address AS a
    WHERE a.id = d.address_id AND d.area_id IS DISTINCT FROM a.area_id;
    UPDATE registry_resident AS r SET area_id = home.area_id FROM (
        SELECT DISTINCT ON (lived.resident_id) lived.resident_id, dwelling.area_id
        FROM registry_residence AS lived JOIN registry_dwelling AS dwelling ON dwelling.id = lived.dwelling_id
        WHERE lived.ended_on IS NULL AND lived.resident_id IN (
            SELECT resident_id FROM registry_residence WHERE dwelling_id = ANY (v_moved))
        ORDER BY lived.resident_id, lived.from_on DESC, lived.id DESC
    ) AS home WHERE r.id = home.resident_id AND r.area_id IS DISTINCT FROM home.area_id;
    GET DIAGNOSTICS n_residents = ROW_COUNT;
    UPDATE registry_request AS q SET area_id = r.area_id FROM registry_resident AS r
    WHERE r.id = q.resident AND q.state = 'filed' AND q.area_id IS DISTINCT FROM r.area_id;
    RETURN NEXT;
END $$;
"""
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0012_edits_from_phones"), ("places", "0003_standard_addresses")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
