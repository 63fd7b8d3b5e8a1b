"""What a resident reaches of his own record, requests about it, and what an officer needs to answer them."""

from importlib import import_module

from django.db import migrations

leave = import_module("shouwang.registry.migrations.0005_leave_for_every_register")
changing = import_module("shouwang.registry.migrations.0007_changing_and_counting")

NEW = (
    "bound_to(uuid, uuid)",
    "own_resident()",
    "free_account(uuid)",
    "file_request(uuid, varchar, uuid, bytea, integer, varchar, timestamptz, timestamptz, date)",
    "own_requests()",
    "requests_waiting(varchar[])",
    "erase_resident(uuid, uuid)",
    "ask_copy(uuid, timestamptz)",
    "own_copies()",
    "own_looks(uuid[], text[])",
    "own_subjects()",
)
REPLACED = (
    "register_fields()",
    "may_be_opened(uuid, varchar, uuid[], varchar, uuid, uuid)",
    "change_record(varchar, uuid, jsonb)",
)
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());"
    for one in (*NEW, *REPLACED)
)


def _function(sql: str, name: str, *changes: tuple[str, str]) -> str:
    """The function as it stands in an earlier migration, with these passages changed."""
    start = sql.index(f"CREATE FUNCTION {name}(")
    text = sql[start : sql.index("$$;", start) + 3].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)
    for old, new in changes:
        if old not in text:
            raise ValueError(f"{name} has no “{old}”")
        text = text.replace(old, new, 1)
    return text


FIELDS = _function(
    leave.SQL, "register_fields",
    ("\n$$;", ",\n    ('request', 'asked', '{kind,receipt_no,wish_enc,about,resident,account,area_id}',"
              " '{correction,own_request}'),\n    ('request', 'state',"
              " '{filed_at,decide_by,state,decided_at,reason,remedy,proof,retain_until}', NULL)\n$$;"),
)  # fmt: skip
OPENED = _function(
    leave.SQL, "may_be_opened",
    ("SELECT id FROM registry_resident WHERE account = p_person);",
     "SELECT id FROM registry_resident WHERE id = ANY (p_ids) AND bound_to(id, p_person))\n"
     "            -- or by the officer of his ground who has his open request before him\n"
     "            OR p_purpose = 'own_request' AND cardinality(p_ids) = 1 AND EXISTS (\n"
     "                SELECT 1 FROM registry_request AS asked JOIN registry_looktoken AS read\n"
     "                  ON read.register = 'request' AND asked.id = ANY (read.identities) AND read.person = p_person\n"
     "                 AND read.used_at > clock_timestamp() - interval '1 hour'\n"
     "                WHERE asked.resident = p_ids[1] AND asked.state = 'filed'\n"
     "                  AND stands_over(p_person, asked.area_id));"),
    ("    IF p_register = 'dwelling' THEN",
     "    IF p_register = 'request' THEN\n"
     "        RETURN NOT EXISTS (\n"
     "            SELECT unnest(p_ids) EXCEPT\n"
     "            SELECT id FROM registry_request WHERE id = ANY (p_ids) AND stands_over(p_person, area_id));\n"
     "    END IF;\n    IF p_register = 'dwelling' THEN"),
)  # fmt: skip
CHANGED = _function(
    changing.SQL, "change_record",
    ("'{state,decided_at,decided_by,reason,residence}'::text[] END;",
     "'{state,decided_at,decided_by,reason,residence}'::text[]\n"
     "        WHEN 'request' THEN '{state,decided_at,decided_by,reason,remedy,proof}'::text[] END;"),
)  # fmt: skip
SQL = """\
-- Whether this account was joined to this resident at a counter, and what it was joined on still holds.
CREATE FUNCTION bound_to(p_resident uuid, p_person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (
        SELECT 1 FROM registry_resident AS r
        JOIN people_grant AS held ON held.subject = r.id AND held.person_id = p_person AND held.kind = 'bound'
         AND held.revoked_at IS NULL
        JOIN people_person AS person ON person.id = p_person AND person.active
        WHERE r.id = p_resident AND r.account = p_person)
$$;

CREATE FUNCTION own_resident() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT id FROM registry_resident
    WHERE account = people_own_resident() AND bound_to(id, account)
$$;

-- An account whose joining has ended can be joined anew.
CREATE FUNCTION free_account(p_account uuid) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_resident SET account = NULL WHERE account = p_account AND NOT bound_to(id, p_account)
$$;

CREATE FUNCTION file_request(
    p_id uuid, p_kind varchar, p_about uuid, p_wish bytea, p_key integer, p_receipt varchar, p_at timestamptz,
    p_decide_by timestamptz, p_retain date
) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_resident uuid := own_resident();
    v_area uuid;
BEGIN
    IF v_resident IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no resident is joined to this account';
    END IF;
    IF (SELECT count(*) FROM registry_request WHERE resident = v_resident AND state = 'filed') >= 20 THEN
        RAISE insufficient_privilege USING MESSAGE = 'too many requests are open';
    END IF;
    IF p_about IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM registry_look WHERE entry = p_about AND identity IN (SELECT own_subjects())) THEN
        RAISE insufficient_privilege USING MESSAGE = 'this look was not at this person';
    END IF;
    SELECT area_id INTO v_area FROM registry_resident WHERE id = v_resident;
    INSERT INTO registry_request (
        id, kind, receipt_no, resident, account, area_id, about, wish_enc, key_number, filed_at, decide_by, state,
        reason, remedy, retain_until
    ) VALUES (
        p_id, p_kind, p_receipt, v_resident, people_own_resident(), v_area, p_about, p_wish, p_key, p_at, p_decide_by,
        'filed', '', '', p_retain
    );
    RETURN v_area;
END $$;

CREATE FUNCTION own_requests() RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, state varchar, filed_at timestamptz, decide_by timestamptz,
    decided_at timestamptz, reason varchar, remedy varchar, proof uuid
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT r.id, r.kind, r.receipt_no, r.state, r.filed_at, r.decide_by, r.decided_at, r.reason, r.remedy, r.proof
    FROM registry_request AS r WHERE r.account = people_own_resident() ORDER BY r.filed_at DESC LIMIT 100
$$;

CREATE FUNCTION requests_waiting(p_paths varchar[]) RETURNS TABLE (
    id uuid, kind varchar, receipt_no varchar, grid varchar, filed_at timestamptz, decide_by timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT r.id, r.kind, r.receipt_no, area.name, r.filed_at, r.decide_by
    FROM registry_request AS r JOIN places_area AS area ON area.id = r.area_id
    WHERE r.state = 'filed' AND own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
      AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path
                  WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
    ORDER BY r.decide_by, r.id LIMIT 200
$$;

-- Only at the person's own open request, by whoever looked at the record within the hour.
CREATE FUNCTION erase_resident(p_resident uuid, p_request uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM registry_request WHERE id = p_request AND resident = p_resident
                   AND kind = 'erase' AND state = 'filed' AND stands_over(v_person, area_id))
       OR NOT EXISTS (SELECT 1 FROM registry_looktoken AS token
                      WHERE token.person = v_person AND token.register = 'resident'
                        AND p_resident = ANY (token.identities)
                        AND token.used_at > clock_timestamp() - interval '1 hour') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record is deleted at the request of its person';
    END IF;
    DELETE FROM registry_declaration WHERE residence IN (
        SELECT id FROM registry_residence WHERE resident_id = p_resident);
    DELETE FROM registry_residence WHERE resident_id = p_resident;
    UPDATE registry_request SET wish_enc = NULL WHERE resident = p_resident;
    DELETE FROM registry_owncopy WHERE resident = p_resident;
    DELETE FROM registry_resident WHERE id = p_resident;
END $$;

CREATE FUNCTION ask_copy(p_id uuid, p_at timestamptz) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_resident uuid := own_resident();
    v_known uuid;
BEGIN
    IF v_resident IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'no resident is joined to this account';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('copy ' || v_resident, 0));
    SELECT id INTO v_known FROM registry_owncopy
    WHERE account = people_own_resident() AND ready_at IS NULL AND asked_at > p_at - interval '1 minute';
    IF v_known IS NOT NULL THEN
        RETURN v_known;
    END IF;
    DELETE FROM registry_owncopy WHERE account = people_own_resident();
    INSERT INTO registry_owncopy (id, resident, account, asked_at, ends_at, n_parts, n_done)
    VALUES (p_id, v_resident, people_own_resident(), p_at, p_at + interval '1 day', 0, 0);
    RETURN p_id;
END $$;

CREATE FUNCTION own_copies() RETURNS TABLE (
    id uuid, asked_at timestamptz, ready_at timestamptz, n_parts smallint, n_done smallint, content bytea
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT one.id, one.asked_at, one.ready_at, one.n_parts, one.n_done, one.content_enc FROM registry_owncopy AS one
    WHERE one.account = people_own_resident() AND one.resident = own_resident() AND one.ends_at > now()
    ORDER BY one.asked_at DESC LIMIT 1
$$;

-- Looks at oneself: the record, what was told as a party (p_identities), the dwellings lived in, what was declared.
CREATE FUNCTION own_looks(p_identities uuid[], p_roles text[]) RETURNS TABLE (
    entry uuid, at timestamptz, register varchar, unit varchar, role varchar, fields varchar[], purpose varchar,
    basis varchar, matter uuid
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT DISTINCT ON (look.at, look.entry)
           look.entry, look.at, look.register, area.name, post.role, look.fields, look.purpose, look.basis, look.matter
    FROM registry_look AS look
    LEFT JOIN people_post AS post
           ON (look.post IS NOT NULL AND post.id = look.post)
           OR (look.post IS NULL AND post.person_id = look.person AND post.during @> look.at)
    LEFT JOIN places_area AS area ON area.id = post.area_id
    WHERE look.person <> people_own_resident()
      AND (look.identity = ANY (p_identities) OR look.identity IN (SELECT own_subjects()))
    ORDER BY look.at DESC, look.entry, (post.role = ANY (p_roles)) DESC NULLS LAST, post.id
    LIMIT 500
$$;
"""
SUBJECTS = """\
-- The records that speak of the resident who signed in. A dwelling only for looks while he lived there.
CREATE FUNCTION own_subjects() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT own_resident()
    UNION SELECT r.identity_id FROM registry_resident AS r WHERE r.id = own_resident()
    UNION SELECT lived.dwelling_id FROM registry_residence AS lived
          WHERE lived.resident_id = own_resident() AND lived.ended_on IS NULL
    UNION SELECT d.id FROM registry_declaration AS d WHERE d.filed_by = people_own_resident()
       OR d.residence IN (SELECT id FROM registry_residence WHERE resident_id = own_resident())
    UNION SELECT q.id FROM registry_request AS q WHERE q.account = people_own_resident()
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_own_account_and_requests"),
        ("people", "0005_a_binding_ends_with_its_proof"),
    ]
    operations = [
        migrations.RunSQL("SET LOCAL check_function_bodies = off", migrations.RunSQL.noop),
        migrations.RunSQL(SQL + SUBJECTS + FIELDS + OPENED + CHANGED, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
    ]
