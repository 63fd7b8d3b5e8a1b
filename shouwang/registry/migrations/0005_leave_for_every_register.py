"""A look at any record of any register: the same token, the same minute, the same refusal. Replaces 0002 for identities."""

from django.db import migrations

FUNCTIONS = (
    "register_fields()",
    "stands_over(uuid, uuid)",
    "refuse_too_many(uuid, varchar, integer)",
    "may_be_opened(uuid, varchar, uuid[], varchar, uuid, uuid)",
    "open_look(varchar, uuid[], varchar, varchar, uuid, varchar[], uuid, uuid)",
    "spend_leave(uuid, boolean)",
    "read_identities(uuid)",
    "read_records(uuid)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
DROP FUNCTION open_look(uuid[], varchar, varchar, uuid, varchar[], uuid);
DROP FUNCTION read_identities(uuid);

-- Which parts of a record there are, which columns they are made of, and for which purposes each may be asked
-- (NULL: for any). The one list that both the pages and these functions go by (table C23, column “seen by”).
CREATE FUNCTION register_fields() RETURNS TABLE (register varchar, field varchar, columns text[], purposes text[])
LANGUAGE sql IMMUTABLE AS $$
    VALUES
    ('identity', 'name', NULL::text[], NULL::text[]),
    ('identity', 'number', NULL, NULL),
    ('identity', 'address', NULL, NULL),
    ('identity', 'email', NULL, NULL),
    ('resident', 'name', '{name}', NULL),
    ('resident', 'category', '{category}', NULL),
    ('resident', 'doc_kind', '{doc_kind}', NULL),
    ('resident', 'doc_no', '{doc_no_enc}', '{registration,verification,correction,own_request}'),
    ('resident', 'sex', '{sex}', '{registration,verification,correction,own_request,emergency}'),
    ('resident', 'birth_date', '{birth_date_enc}', '{registration,verification,correction,own_request,emergency}'),
    ('resident', 'phone', '{phone_enc}', '{call_back,correction,own_request,emergency}'),
    ('resident', 'emergency_contact', '{emergency_contact_enc}', '{correction,own_request,emergency}'),
    ('resident', 'look_for_me', '{look_for_me}', '{registration,verification,correction,own_request,emergency}'),
    ('resident', 'residences', '{}', NULL),
    ('resident', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at,street,area_id}', NULL),
    ('dwelling', 'housing', '{address_id,address_text,street,area_id,building_use,occupancy,rooms,beds,let_for,letting_no}', NULL),
    ('dwelling', 'landlord_contact', '{landlord_contact_enc}', '{visit,verification,correction,emergency}'),
    ('dwelling', 'safety', '{last_check_on,hazards}', NULL),
    ('dwelling', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at}', NULL),
    ('organisation', 'unit', '{unit_name,credit_code,unit_kind,staff_band,address_id,address_text,street,area_id}', NULL),
    ('organisation', 'licence', '{licence_no,licence_expires_on}', NULL),
    ('organisation', 'unit_contact', '{unit_contact_enc}', NULL),
    ('organisation', 'safety', '{has_guards,fire_items}', NULL),
    ('organisation', 'state', '{source,basis,verified_at,verify_by,retain_until,stale,created_at}', NULL),
    ('declaration', 'declared', '{kind,receipt_no,declarer,told_enc,happened_on,address_id,area_id}', '{registration,correction,own_request}'),
    ('declaration', 'state', '{filed_at,due_at,decide_by,state,decided_at,reason,residence,retain_until}', NULL)
$$;

-- Whether this person holds a post today on ground that the area lies in.
CREATE FUNCTION stands_over(p_person uuid, p_area uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_post AS post
        JOIN people_person AS person ON person.id = post.person_id AND person.active
        JOIN places_area AS over ON over.id = post.area_id
        JOIN places_area AS here ON here.id = p_area
        WHERE post.person_id = p_person AND post.during @> now()
          AND (over.duty_path <> '' AND starts_with(here.duty_path, over.duty_path)
               OR over.government_path <> '' AND starts_with(here.government_path, over.government_path)))
$$;

-- 600 identities an hour as before; of residents 60 an hour and 200 a day: nobody rebuilds the register by looking.
CREATE FUNCTION refuse_too_many(p_person uuid, p_register varchar, p_asked integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_hour bigint;
    v_day bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('look ' || p_person, 0));
    SELECT coalesce(sum(cardinality(identities)) FILTER (WHERE created_at > v_now - interval '1 hour'), 0),
           coalesce(sum(cardinality(identities)), 0)
    INTO v_hour, v_day
    FROM registry_looktoken
    WHERE person = p_person AND register = p_register AND created_at > v_now - interval '1 day';
    IF v_hour + p_asked > (CASE p_register WHEN 'resident' THEN 60 ELSE 600 END) THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many looks by this person within an hour';
    END IF;
    IF p_register = 'resident' AND v_day + p_asked > 200 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many looks by this person within a day';
    END IF;
END $$;

-- A resident is opened out of a search of the same person, purpose and matter that showed him a quarter of an hour ago
-- at most, or by himself. A declaration by whoever filed it, or on his ground; a dwelling or unit on one's ground.
CREATE FUNCTION may_be_opened(
    p_person uuid, p_register varchar, p_ids uuid[], p_purpose varchar, p_matter uuid, p_search uuid
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF p_register = 'identity' THEN
        RETURN true;  -- the parties of a matter: the ground is asked for in matters/grounds.py
    END IF;
    IF EXISTS (SELECT 1 FROM registry_search AS found
               WHERE found.id = p_search AND found.person = p_person AND found.register = p_register
                 AND found.purpose = p_purpose AND found.matter IS NOT DISTINCT FROM p_matter
                 AND found.began_at > clock_timestamp() - interval '15 minutes' AND found.shown @> p_ids) THEN
        RETURN true;
    END IF;
    IF p_register = 'resident' THEN
        RETURN p_purpose IN ('own_request', 'correction') AND NOT EXISTS (
            SELECT unnest(p_ids) EXCEPT SELECT id FROM registry_resident WHERE account = p_person);
    END IF;
    IF p_register = 'declaration' THEN
        RETURN NOT EXISTS (
            SELECT unnest(p_ids) EXCEPT
            SELECT id FROM registry_declaration WHERE id = ANY (p_ids)
            AND (filed_by = p_person OR stands_over(p_person, area_id)));
    END IF;
    IF p_register = 'dwelling' THEN
        RETURN NOT EXISTS (
            SELECT unnest(p_ids) EXCEPT
            SELECT id FROM registry_dwelling WHERE id = ANY (p_ids) AND stands_over(p_person, area_id));
    END IF;
    RETURN p_register = 'organisation' AND NOT EXISTS (
        SELECT unnest(p_ids) EXCEPT
        SELECT id FROM registry_organisation WHERE id = ANY (p_ids) AND stands_over(p_person, area_id));
END $$;

CREATE FUNCTION open_look(
    p_register varchar, p_ids uuid[], p_purpose varchar, p_basis varchar, p_matter uuid, p_fields varchar[],
    p_entry uuid, p_search uuid
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_post uuid := nullif(current_setting('shouwang.post', true), '')::uuid;
    v_now timestamptz := clock_timestamp();
    v_token uuid := gen_random_uuid();
BEGIN
    IF v_person IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look needs a person';
    END IF;
    IF p_purpose IS NULL OR btrim(p_purpose) = '' OR p_basis IS NULL OR coalesce(cardinality(p_fields), 0) = 0 THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look needs a purpose, a basis and the fields it asks for';
    END IF;
    IF coalesce(cardinality(p_ids), 0) NOT BETWEEN 1 AND 20 OR array_position(p_ids, NULL) IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look names the records it is for, at most twenty';
    END IF;
    IF EXISTS (SELECT unnest(p_fields) EXCEPT SELECT one.field FROM register_fields() AS one
               WHERE one.register = p_register AND (one.purposes IS NULL OR p_purpose = ANY (one.purposes))) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the register does not open these fields for this purpose';
    END IF;
    PERFORM refuse_too_many(v_person, p_register, cardinality(p_ids));
    IF NOT may_be_opened(v_person, p_register, p_ids, p_purpose, p_matter, p_search) THEN
        RAISE insufficient_privilege USING MESSAGE = 'these records are not open to this person';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM journal_entry
                   WHERE id = p_entry AND person = v_person AND received_at > v_now - interval '16 hours'
                     AND verb = CASE p_register WHEN 'identity' THEN 'identity.look' ELSE 'register.look' END) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look needs its entry in the journal';
    END IF;

    IF EXISTS (SELECT 1 FROM registry_look WHERE entry = p_entry) THEN  -- one entry for a matter and a shift
        IF EXISTS (SELECT unnest(p_ids) EXCEPT SELECT identity FROM registry_look
                   WHERE entry = p_entry AND person = v_person AND register = p_register
                     AND matter IS NOT DISTINCT FROM p_matter
                     AND purpose = p_purpose AND basis = p_basis AND fields @> p_fields) THEN
            RAISE insufficient_privilege USING MESSAGE = 'the entry does not cover this look';
        END IF;
    ELSE
        INSERT INTO registry_look (id, register, identity, person, post, purpose, basis, matter, fields, at, entry)
        SELECT gen_random_uuid(), p_register, one, v_person, v_post, p_purpose, p_basis, p_matter, p_fields, v_now,
               p_entry
        FROM (SELECT DISTINCT unnest(p_ids) AS one) AS each;
    END IF;

    INSERT INTO registry_looktoken (
        id, register, person, post, purpose, basis, matter, search, identities, fields, entry, created_at, ends_at,
        transaction, used_at
    ) VALUES (
        v_token, p_register, v_person, v_post, p_purpose, p_basis, p_matter, p_search, p_ids, p_fields, p_entry, v_now,
        v_now + interval '60 seconds', pg_current_xact_id()::text::bigint, NULL
    );
    RETURN v_token;
END $$;

-- The one gate of every reading function: the leave is this person's, of this minute, unused, and committed before.
CREATE FUNCTION spend_leave(p_token uuid, p_of_identities boolean) RETURNS registry_looktoken
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_leave registry_looktoken%ROWTYPE;
BEGIN
    SELECT * INTO v_leave FROM registry_looktoken AS token WHERE token.id = p_token FOR UPDATE;
    IF v_leave.id IS NULL OR v_leave.person IS DISTINCT FROM v_person
       OR (v_leave.register = 'identity') IS DISTINCT FROM p_of_identities THEN
        RAISE insufficient_privilege USING MESSAGE = 'no such leave for this person';
    END IF;
    IF v_leave.ends_at < clock_timestamp() OR v_leave.used_at IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'this leave is over';
    END IF;
    IF v_leave.transaction = pg_current_xact_id()::text::bigint
       OR pg_xact_status(v_leave.transaction::text::xid8) IS DISTINCT FROM 'committed' THEN
        RAISE insufficient_privilege USING MESSAGE = 'the leave must be committed before anything is read';
    END IF;
    UPDATE registry_looktoken AS token SET used_at = clock_timestamp() WHERE token.id = p_token;
    RETURN v_leave;
END $$;

CREATE FUNCTION read_identities(p_token uuid) RETURNS TABLE (
    id uuid, name_enc bytea, number_enc bytea, address_enc bytea, email_enc bytea,
    protected boolean, do_not_contact boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_leave registry_looktoken%ROWTYPE := spend_leave(p_token, true);
BEGIN
    RETURN QUERY
        SELECT one.id,
               CASE WHEN 'name' = ANY (v_leave.fields) THEN one.name_enc END,
               CASE WHEN 'number' = ANY (v_leave.fields) THEN one.number_enc END,
               CASE WHEN 'address' = ANY (v_leave.fields) THEN one.address_enc END,
               CASE WHEN 'email' = ANY (v_leave.fields) THEN one.email_enc END,
               one.protected, one.do_not_contact
        FROM registry_identity AS one
        WHERE one.id = ANY (v_leave.identities)
        ORDER BY array_position(v_leave.identities, one.id);
END $$;

-- The named records with the columns of the fields asked for, and nothing else of them. Of a resident the field
-- `residences` brings his own; never those of anybody else at the same address.
CREATE FUNCTION read_records(p_token uuid) RETURNS TABLE (id uuid, record jsonb)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_leave registry_looktoken%ROWTYPE := spend_leave(p_token, false);
    v_columns text[];
BEGIN
    SELECT array_agg(one) INTO v_columns FROM register_fields() AS known, unnest(known.columns) AS one
    WHERE known.register = v_leave.register AND known.field = ANY (v_leave.fields);
    RETURN QUERY EXECUTE format(
        'SELECT one.id, (SELECT coalesce(jsonb_object_agg(key, value), ''{}'') FROM jsonb_each(to_jsonb(one))'
        ' WHERE key = ANY ($2)) FROM %I AS one WHERE one.id = ANY ($1) ORDER BY array_position($1, one.id)',
        'registry_' || v_leave.register
    ) USING v_leave.identities, v_columns;
    IF v_leave.register = 'resident' AND 'residences' = ANY (v_leave.fields) THEN
        RETURN QUERY
            SELECT lived.resident_id, jsonb_build_object('residences', jsonb_agg(jsonb_build_object(
                'id', lived.id, 'dwelling', lived.dwelling_id, 'address_text', dwelling.address_text,
                'relation', lived.relation, 'from_on', lived.from_on, 'to_on', lived.to_on, 'ended_on', lived.ended_on,
                'declared_by', lived.declared_by, 'receipt_no', lived.receipt_no, 'verified_at', lived.verified_at,
                'verify_by', lived.verify_by, 'stale', lived.stale) ORDER BY lived.from_on DESC, lived.id))
            FROM registry_residence AS lived JOIN registry_dwelling AS dwelling ON dwelling.id = lived.dwelling_id
            WHERE lived.resident_id = ANY (v_leave.identities)
            GROUP BY lived.resident_id;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_registers"),
        ("people", "0001_posts_sessions_and_grants"),
    ]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
