"""Changing what one has looked at; counts that name nobody."""

from django.db import migrations

FUNCTIONS = (
    "change_record(varchar, uuid, jsonb)",
    "settle_resident(uuid)",
    "dwelling_at(uuid)",
    "count_residents(varchar[])",
    "declarations_waiting(varchar[])",
    "own_declarations()",
    "register_quality(varchar[], integer)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- Only what this person read, with a committed leave, within the last hour; only columns of the list. Whatever goes
-- wrong inside is told without the row, since the database would print it whole.
CREATE FUNCTION change_record(p_register varchar, p_id uuid, p_changes jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_dates text[] := '{verified_at,verify_by,retain_until,stale}';
    v_allowed text[] := CASE p_register
        WHEN 'resident' THEN v_dates || '{category,name,grams,doc_kind,doc_no_enc,doc_bucket,doc_check,sex,birth_date_enc,
            phone_enc,phone_bucket,phone_check,tail_bucket,tail_check,emergency_contact_enc,look_for_me,key_number,
            identity_id,account}'::text[]
        WHEN 'residence' THEN v_dates || '{relation,to_on,ended_on}'::text[]
        WHEN 'dwelling' THEN v_dates || '{building_use,occupancy,rooms,beds,let_for,letting_no,landlord_contact_enc,
            last_check_on,hazards,key_number}'::text[]
        WHEN 'organisation' THEN v_dates || '{unit_name,grams,unit_kind,licence_no,licence_expires_on,unit_contact_enc,
            staff_band,has_guards,fire_items,key_number}'::text[]
        WHEN 'declaration' THEN '{state,decided_at,decided_by,reason,residence}'::text[] END;
    v_looked varchar := CASE p_register WHEN 'residence' THEN 'resident' ELSE p_register END;
    v_of uuid := p_id;
    v_rows integer;
BEGIN
    IF p_register = 'residence' THEN
        SELECT resident_id INTO v_of FROM registry_residence WHERE id = p_id;
    END IF;
    IF v_person IS NULL OR v_allowed IS NULL OR coalesce(p_changes, '{}') = '{}'
       OR EXISTS (SELECT jsonb_object_keys(p_changes) EXCEPT SELECT btrim(one) FROM unnest(v_allowed) AS one) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this cannot be changed';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM registry_looktoken AS token
                   WHERE token.person = v_person AND token.register = v_looked AND v_of = ANY (token.identities)
                     AND token.used_at > clock_timestamp() - interval '1 hour') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record is looked at before it is changed';
    END IF;
    BEGIN
        EXECUTE format(
            'UPDATE %1$I AS r SET %2$s FROM (SELECT (jsonb_populate_record(one, $2)).* FROM %1$I AS one'
            ' WHERE one.id = $1) AS n WHERE r.id = $1',
            'registry_' || p_register,
            (SELECT string_agg(format('%1$I = n.%1$I', key), ', ') FROM jsonb_object_keys(p_changes) AS key)
        ) USING p_id, p_changes;
        GET DIAGNOSTICS v_rows = ROW_COUNT;
    EXCEPTION WHEN OTHERS THEN
        RAISE check_violation USING MESSAGE = 'this change does not fit the record';
    END;
    IF v_rows <> 1 THEN
        RAISE insufficient_privilege USING MESSAGE = 'this cannot be changed';
    END IF;
END $$;

-- Writes beside a resident where he is registered to live today, so that he is found there. Says nothing.
CREATE FUNCTION settle_resident(p_resident uuid) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_resident AS r
    SET street = coalesce(home.street, ''), area_id = home.area_id, place_grams = coalesce(home.place_grams, '{}')
    FROM (SELECT 1) AS once
    LEFT JOIN LATERAL (
        SELECT dwelling.street, dwelling.area_id, dwelling.place_grams
        FROM registry_residence AS lived JOIN registry_dwelling AS dwelling ON dwelling.id = lived.dwelling_id
        WHERE lived.resident_id = p_resident AND lived.ended_on IS NULL
        ORDER BY lived.from_on DESC, lived.id DESC LIMIT 1
    ) AS home ON true
    WHERE r.id = p_resident
$$;

CREATE FUNCTION dwelling_at(p_address uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT id FROM registry_dwelling WHERE address_id = p_address
$$;

-- Heads by grid and category on one's own ground. Fewer than five are “fewer than five” (NULL).
CREATE FUNCTION count_residents(p_paths varchar[]) RETURNS TABLE (area uuid, category varchar, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT r.area_id, r.category, CASE WHEN count(*) >= 5 THEN count(*) END
    FROM registry_resident AS r JOIN places_area AS area ON area.id = r.area_id
    WHERE own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    GROUP BY r.area_id, r.category
$$;

-- What waits for an answer on one's ground, and what one filed oneself: kind, receipt and clock, never of whom.
CREATE FUNCTION declarations_waiting(p_paths varchar[]) RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, declarer varchar, grid varchar, filed_at timestamptz,
    due_at timestamptz, decide_by timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT d.id, d.kind, d.receipt_no, d.declarer, area.name, d.filed_at, d.due_at, d.decide_by
    FROM registry_declaration AS d JOIN places_area AS area ON area.id = d.area_id
    WHERE d.state = 'filed' AND own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    ORDER BY d.decide_by, d.id LIMIT 200
$$;

CREATE FUNCTION own_declarations() RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, state varchar, filed_at timestamptz, decide_by timestamptz,
    decided_at timestamptz, reason varchar
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT d.id, d.kind, d.receipt_no, d.state, d.filed_at, d.decide_by, d.decided_at, d.reason
    FROM registry_declaration AS d
    WHERE d.filed_by = nullif(current_setting('shouwang.person', true), '')::uuid
    ORDER BY d.filed_at DESC LIMIT 200
$$;

-- The measures of table 3.7 by grid, as counts: how many of how many. Rates and intervals are drawn from these.
CREATE FUNCTION register_quality(p_paths varchar[], p_days integer) RETURNS TABLE (
    area uuid, n_entered bigint, n_timely bigint, n_fields bigint, n_filled bigint, n_records bigint, n_fresh bigint
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT dwelling.area_id,
           count(*), count(*) FILTER (WHERE (lived.created_at AT TIME ZONE 'Asia/Shanghai')::date - lived.from_on <= p_days),
           -- required: the receipt; of a let dwelling also what for and by whom
           count(*) + 2 * count(*) FILTER (WHERE dwelling.occupancy = 'let'),
           count(*) FILTER (WHERE lived.receipt_no <> '') + count(*) FILTER (WHERE dwelling.occupancy = 'let'
               AND dwelling.let_for <> '') + count(*) FILTER (WHERE dwelling.occupancy = 'let'
               AND dwelling.landlord_contact_enc IS NOT NULL),
           count(*), count(*) FILTER (WHERE lived.verify_by >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
    FROM registry_residence AS lived
    JOIN registry_dwelling AS dwelling ON dwelling.id = lived.dwelling_id
    JOIN places_area AS area ON area.id = dwelling.area_id
    WHERE lived.ended_on IS NULL
      AND own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    GROUP BY dwelling.area_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0006_finding")]
    operations = [
        migrations.RunSQL(SQL, "".join(f"DROP FUNCTION {one};" for one in FUNCTIONS)),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
