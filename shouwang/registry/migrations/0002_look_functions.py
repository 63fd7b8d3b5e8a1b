"""The functions through which alone the pages reach an identity."""

from django.db import migrations

FUNCTIONS = (
    "open_look(uuid[], varchar, varchar, uuid, varchar[], uuid)",
    "read_identities(uuid)",
    "identity_wishes_no_contact(uuid, boolean)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
-- The only two ways to an identity for the role of the pages. Both act as the owner of the schema; their search_path
-- is set by the migration to this schema, with temporary tables last, so that nothing can be put in their way.

CREATE FUNCTION open_look(
    p_identities uuid[], p_purpose varchar, p_basis varchar, p_matter uuid, p_fields varchar[], p_entry uuid
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
    IF coalesce(cardinality(p_identities), 0) NOT BETWEEN 1 AND 20 OR array_position(p_identities, NULL) IS NOT NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look names the identities it is for, at most twenty';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('look ' || v_person, 0));
    IF (SELECT coalesce(sum(cardinality(identities)), 0) FROM registry_looktoken
        WHERE person = v_person AND created_at > v_now - interval '1 hour') + cardinality(p_identities) > 600 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many looks by this person within an hour';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM journal_entry
                   WHERE id = p_entry AND verb = 'identity.look' AND person = v_person
                     AND received_at > v_now - interval '16 hours') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look needs its entry in the journal';
    END IF;

    IF EXISTS (SELECT 1 FROM registry_look WHERE entry = p_entry) THEN  -- one entry for a matter and a shift
        IF EXISTS (SELECT unnest(p_identities) EXCEPT SELECT identity FROM registry_look
                   WHERE entry = p_entry AND person = v_person AND matter IS NOT DISTINCT FROM p_matter
                     AND purpose = p_purpose AND basis = p_basis AND fields @> p_fields) THEN
            RAISE insufficient_privilege USING MESSAGE = 'the entry does not cover this look';
        END IF;
    ELSE
        INSERT INTO registry_look (id, identity, person, post, purpose, basis, matter, fields, at, entry)
        SELECT gen_random_uuid(), one, v_person, v_post, p_purpose, p_basis, p_matter, p_fields, v_now, p_entry
        FROM (SELECT DISTINCT unnest(p_identities) AS one) AS each;
    END IF;

    INSERT INTO registry_looktoken (
        id, person, post, purpose, basis, matter, identities, fields, entry, created_at, ends_at, transaction, used_at
    ) VALUES (
        v_token, v_person, v_post, p_purpose, p_basis, p_matter, p_identities, p_fields, p_entry,
        v_now, v_now + interval '60 seconds', pg_current_xact_id()::text::bigint, NULL
    );
    RETURN v_token;
END $$;

CREATE FUNCTION read_identities(p_token uuid) RETURNS TABLE (
    id uuid, name_enc bytea, number_enc bytea, address_enc bytea, email_enc bytea,
    protected boolean, do_not_contact boolean
) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_leave registry_looktoken%ROWTYPE;
BEGIN
    SELECT * INTO v_leave FROM registry_looktoken AS token WHERE token.id = p_token FOR UPDATE;
    IF v_leave.id IS NULL OR v_leave.person IS DISTINCT FROM v_person THEN
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

CREATE FUNCTION identity_wishes_no_contact(p_identity uuid, p_wish boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_identity SET do_not_contact = p_wish WHERE id = p_identity
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0001_identities_and_looks"),
        ("journal", "0001_entries_leaves_and_heads"),
    ]
    operations = [
        migrations.RunSQL(SQL, "".join(f"DROP FUNCTION {one};" for one in FUNCTIONS)),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
