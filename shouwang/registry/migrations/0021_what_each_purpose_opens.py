"""The list of what each purpose opens names nothing any more that no page asks for; an emergency opens least."""

from django.db import migrations

SQL = """\
-- Which parts of a record there are, which columns they are made of, and for which purposes each may be asked
-- (NULL: for any). The one list that both the pages and these functions go by (table C23, column “seen by”).
CREATE OR REPLACE FUNCTION register_fields()
RETURNS TABLE (register varchar, field varchar, columns text[], purposes text[]) LANGUAGE sql IMMUTABLE AS $$
    VALUES
    ('identity', 'name', NULL::text[], NULL::text[]),
    ('identity', 'number', NULL, NULL),
    ('identity', 'address', NULL, NULL),
    ('identity', 'email', NULL, NULL),
    ('resident', 'name', '{name}', NULL),
    ('resident', 'category', '{category}', NULL),
    ('resident', 'doc_kind', '{doc_kind}', '{handling,visit,registration,verification,correction,own_request}'),
    ('resident', 'doc_no', '{doc_no_enc}', '{registration,verification,correction,own_request}'),
    ('resident', 'sex', '{sex}', '{registration,verification,correction,own_request}'),
    ('resident', 'birth_date', '{birth_date_enc}', '{registration,verification,correction,own_request}'),
    ('resident', 'phone', '{phone_enc}', '{correction,own_request,emergency}'),  -- emergency: see open_look
    ('resident', 'emergency_contact', '{emergency_contact_enc}', '{correction,own_request,emergency}'),
    ('resident', 'look_for_me', '{look_for_me,look_for_me_until}', '{registration,verification,correction,own_request}'),
    ('resident', 'residences', '{}', NULL),
    ('resident', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at,street,area_id}', NULL),
    ('dwelling', 'housing', '{address_id,address_text,street,area_id,building_use,occupancy,rooms,beds,let_for,letting_no}', NULL),
    ('dwelling', 'landlord_contact', '{landlord_contact_enc}', '{visit,verification}'),
    ('dwelling', 'safety', '{last_check_on,hazards}', NULL),
    ('dwelling', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at}', NULL),
    ('organisation', 'unit', '{unit_name,credit_code,unit_kind,staff_band,address_id,address_text,street,area_id}', NULL),
    ('organisation', 'licence', '{licence_no,licence_expires_on}', NULL),
    ('organisation', 'unit_contact', '{unit_contact_enc}', NULL),
    ('organisation', 'safety', '{has_guards,fire_items}', NULL),
    ('organisation', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at}', NULL),
    ('edit', 'declared', '{act,register,record,fields,told_enc,base,number,made_at,person,address_id,area_id}', '{verification}'),
    ('declaration', 'declared', '{kind,receipt_no,declarer,told_enc,happened_on,address_id,area_id}', '{registration}'),
    ('declaration', 'state', '{filed_at,due_at,decide_by,state,decided_at,reason,residence,retain_until}', NULL),
    ('request', 'asked', '{kind,receipt_no,wish_enc,about,resident,account,area_id}', '{own_request}'),
    ('request', 'state', '{filed_at,decide_by,state,decided_at,reason,remedy,proof,retain_until}', NULL)
$$;

-- The telephone of whoever is looked for is opened only where a building must be left, to those who wished it.
DO $change$ DECLARE
    v_name text := 'open_look(varchar, uuid[], varchar, varchar, uuid, varchar[], uuid, uuid)';
    v_old text := '    PERFORM refuse_too_many(v_person, p_register, cardinality(p_ids));';
    v_new text := $new$    IF p_register = 'resident' AND p_purpose = 'emergency' AND 'phone' = ANY (p_fields) AND NOT EXISTS (
        SELECT 1 FROM registry_search AS found JOIN registry_emergency AS one ON one.sitting_id = found.sitting
        WHERE found.id = p_search AND one.building_id IS NOT NULL) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a telephone is opened where a building must be left';
    END IF;
$new$;
    v_text text := pg_get_functiondef(v_name::regprocedure);
BEGIN
    IF strpos(v_text, v_old) = 0 THEN RAISE 'passage not found in open_look'; END IF;
    EXECUTE replace(v_text, v_old, v_new || v_old);
    EXECUTE format('ALTER FUNCTION register_fields() SET search_path = %I, pg_temp', current_schema());
END $change$;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_traces_are_ones_own")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
