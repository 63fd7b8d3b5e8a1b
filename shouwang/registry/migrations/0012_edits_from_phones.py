"""Forms sent by phones, and the log of every record: which fields were changed when. The log holds no values."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import shouwang.core.ids

NEW = (
    "trace_change()",
    "place_edit(uuid, uuid)",
    "take_edit(uuid, uuid, varchar, boolean)",
    "edits_of(uuid)",
    "mark_edits(uuid, jsonb)",
    "edits_waiting(varchar[])",
    "comes_from_field(uuid, varchar, uuid)",
    "decide_fields(varchar, uuid, varchar[])",
    "settle_edit(uuid)",
)
REGISTERS = [
    ("identity", "what a party told"), ("resident", "resident"), ("dwelling", "dwelling"),
    ("organisation", "organisation"), ("declaration", "declaration"), ("request", "request about one’s own record"),
    ("edit", "form from a phone"),
]  # fmt: skip
TRACED = {
    "resident": "category,name,doc_kind,doc_no_enc,sex,birth_date_enc,phone_enc,emergency_contact_enc,look_for_me",
    "dwelling": "building_use,occupancy,rooms,beds,let_for,letting_no,landlord_contact_enc,last_check_on,hazards",
    "organisation": "unit_name,credit_code,unit_kind,licence_no,licence_expires_on,unit_contact_enc,staff_band,"
    "has_guards,fire_items",
}
SQL = """\
CREATE SEQUENCE registry_edit_number;

-- What is changed on the record itself: by the desk, by a job. Sealing anew under another key changes nothing.
CREATE FUNCTION trace_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_fields text[];
BEGIN
    IF EXISTS (SELECT 1 FROM registry_edit WHERE record = NEW.id
               AND id = nullif(current_setting('shouwang.edit', true), '')::uuid) THEN
        RETURN NULL;  -- the phone's edit stands in the log itself
    END IF;
    SELECT array_agg(DISTINCT regexp_replace(one, '_enc$', '')) INTO v_fields FROM unnest(TG_ARGV) AS one
    WHERE to_jsonb(OLD) -> one IS DISTINCT FROM to_jsonb(NEW) -> one;
    IF v_fields IS NOT NULL THEN
        INSERT INTO registry_edit (
            id, act, register, record, number, base, person, area_id, fields, key_number, state, made_at, received_at
        ) VALUES (
            gen_random_uuid(), 'record.change', replace(TG_TABLE_NAME, 'registry_', ''), NEW.id,
            nextval('registry_edit_number'), 0, nullif(current_setting('shouwang.person', true), '')::uuid,
            NEW.area_id, v_fields, 32767, 'taken', clock_timestamp(), clock_timestamp());
    END IF;
    RETURN NULL;
END $$;

-- Puts one's own edit, not taken yet, into the log of a record, and holds that record until the end of the transaction.
-- Its number; NULL when there is no such record any more. From then on `change_record` writes what this edit told.
CREATE FUNCTION place_edit(p_edit uuid, p_record uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_register varchar;
    v_there boolean;
    v_number bigint;
BEGIN
    SELECT register INTO v_register FROM registry_edit WHERE id = p_edit AND person = v_person AND state = 'aside';
    IF v_register IS NULL OR v_register NOT IN ('resident', 'dwelling', 'organisation') THEN
        RAISE insufficient_privilege USING MESSAGE = 'this is no edit of this person that waits to be taken';
    END IF;
    EXECUTE format('SELECT true FROM %I WHERE id = $1 FOR UPDATE', 'registry_' || v_register) INTO v_there USING p_record;
    IF v_there IS NULL THEN
        RETURN NULL;
    END IF;
    UPDATE registry_edit SET record = p_record, number = nextval('registry_edit_number'),
        made_at = greatest(made_at, (SELECT max(seen.made_at) + interval '1 millisecond' FROM registry_edit AS seen
            WHERE seen.record = p_record AND seen.device IS NOT NULL AND seen.number <= registry_edit.base))
    WHERE id = p_edit RETURNING number INTO v_number;
    PERFORM set_config('shouwang.edit', p_edit::text, true);
    RETURN v_number;
END $$;

-- One's own edit has been done what it asked for; a new record needs its words no more.
CREATE FUNCTION take_edit(p_edit uuid, p_record uuid, p_state varchar, p_forget boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_edit SET state = p_state, record = p_record, told_enc = CASE WHEN p_forget THEN NULL ELSE told_enc END
    WHERE id = p_edit AND person = nullif(current_setting('shouwang.person', true), '')::uuid
      AND p_state IN ('taken', 'beside', 'open');
    SELECT set_config('shouwang.edit', '', true);
$$;

-- Whether an edit of this person is just being written to the record. He looked at it within 31 days, or it was he who
-- kept it first and there was nothing to look at.
CREATE FUNCTION comes_from_field(p_person uuid, p_register varchar, p_record uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT EXISTS (SELECT 1 FROM registry_edit WHERE record = p_record AND person = p_person AND state = 'aside'
                   AND register = p_register AND id = nullif(current_setting('shouwang.edit', true), '')::uuid)
       AND (EXISTS (SELECT 1 FROM registry_looktoken AS token
                    WHERE token.person = p_person AND token.register = p_register AND p_record = ANY (token.identities)
                      AND token.used_at > clock_timestamp() - interval '31 days')
            OR p_register = 'dwelling' AND EXISTS (SELECT 1 FROM registry_dwelling
                   WHERE id = p_record AND kept_by = p_person AND created_at > clock_timestamp() - interval '31 days'))
$$;

-- A person decides these fields of a record that he looked at within the hour, whatever they held: one line in its log.
CREATE FUNCTION decide_fields(p_register varchar, p_record uuid, p_fields varchar[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    v_person uuid := nullif(current_setting('shouwang.person', true), '')::uuid;
    v_edit uuid := gen_random_uuid();
BEGIN
    IF NOT EXISTS (SELECT 1 FROM registry_looktoken AS token
                   WHERE token.person = v_person AND token.register = p_register AND p_record = ANY (token.identities)
                     AND token.used_at > clock_timestamp() - interval '1 hour') THEN
        RAISE insufficient_privilege USING MESSAGE = 'a record is looked at before it is changed';
    END IF;
    INSERT INTO registry_edit (
        id, act, register, record, number, base, person, fields, key_number, state, made_at, received_at
    ) VALUES (v_edit, 'record.decide', p_register, p_record, nextval('registry_edit_number'), 0, v_person, p_fields, 32767,
              'taken', clock_timestamp(), clock_timestamp());
    PERFORM set_config('shouwang.edit', v_edit::text, true);
END $$;

-- Done with by hand, or left out: by whoever wrote it or stands over its ground.
CREATE FUNCTION settle_edit(p_edit uuid) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_edit SET state = 'settled'
    WHERE id = p_edit AND state IN ('aside', 'open')
      AND (person = nullif(current_setting('shouwang.person', true), '')::uuid
           OR stands_over(nullif(current_setting('shouwang.person', true), '')::uuid, area_id))
$$;

CREATE FUNCTION edits_of(p_record uuid) RETURNS TABLE (
    id uuid, number bigint, base bigint, device uuid, made_at timestamptz, fields varchar[], state varchar, person uuid
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT id, number, base, device, made_at, fields, state, person FROM registry_edit
    WHERE record = p_record AND number IS NOT NULL ORDER BY number
$$;

-- Which edits of a record contradict each other now; a person's word settles them.
CREATE FUNCTION mark_edits(p_record uuid, p_states jsonb) RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    UPDATE registry_edit SET state = p_states ->> id::text
    WHERE record = p_record AND p_states ? id::text AND number IS NOT NULL
      AND p_states ->> id::text IN ('taken', 'beside', 'open', 'settled')
$$;

-- What waits for a person: of oneself, and on one's own ground. Of which address and fields, never what was written.
CREATE FUNCTION edits_waiting(p_paths varchar[]) RETURNS TABLE (
    id uuid, act varchar, register varchar, record uuid, state varchar, fields varchar[], made_at timestamptz,
    received_at timestamptz, person uuid, place varchar, grid varchar
) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT e.id, e.act, e.register, e.record, e.state, e.fields, e.made_at, e.received_at, e.person,
           coalesce(address.full_text, ''), coalesce(area.name, '')
    FROM registry_edit AS e LEFT JOIN places_area AS area ON area.id = e.area_id
    LEFT JOIN places_address AS address ON address.id = e.address_id
    WHERE e.state IN ('aside', 'open')
      AND (e.person = nullif(current_setting('shouwang.person', true), '')::uuid
           OR own_ground(nullif(current_setting('shouwang.person', true), '')::uuid, p_paths)
              AND EXISTS (SELECT 1 FROM unnest(p_paths) AS path WHERE starts_with(area.duty_path, path)))
    ORDER BY e.received_at, e.id LIMIT 200
$$;
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER {register}_is_traced AFTER UPDATE OF {columns} ON registry_{register} FOR EACH ROW"
    f" WHEN (OLD.key_number = NEW.key_number) EXECUTE FUNCTION trace_change({columns});"
    for register, columns in TRACED.items()
)
# Passages changed in functions as they stand, whichever migration wrote them last.
CHANGES = {
    "register_fields()": (
        "('declaration', 'declared',",
        "('edit', 'declared', '{act,register,record,fields,told_enc,base,number,made_at,person,address_id,area_id}',"
        " '{visit,registration,verification,correction}'),\n    ('declaration', 'declared',",
    ),
    "may_be_opened(uuid, varchar, uuid[], varchar, uuid, uuid)": (
        "    IF p_register = 'resident' THEN",
        "    IF p_register = 'edit' THEN  -- by whoever wrote it, and on its ground\n"
        "        RETURN NOT EXISTS (\n"
        "            SELECT unnest(p_ids) EXCEPT SELECT id FROM registry_edit\n"
        "            WHERE id = ANY (p_ids) AND (person = p_person OR stands_over(p_person, area_id)));\n"
        "    END IF;\n"
        "    IF p_register = 'resident' AND p_purpose = 'verification' AND NOT EXISTS (  -- to decide what contradicts\n"
        "        SELECT unnest(p_ids) EXCEPT SELECT record FROM registry_edit\n"
        "        WHERE register = 'resident' AND state = 'open' AND stands_over(p_person, area_id)) THEN\n"
        "        RETURN true;\n"
        "    END IF;\n    IF p_register = 'resident' THEN",
    ),
    "read_records(uuid)": (
        "WHERE key = ANY ($2))",
        "WHERE key = ANY ($2)) || jsonb_build_object(''version'', (SELECT coalesce(max(log.number), 0)"
        " FROM registry_edit AS log WHERE log.record = one.id))",
    ),
    "change_record(varchar, uuid, jsonb)": (
        "AND token.used_at > clock_timestamp() - interval '1 hour') THEN",
        "AND token.used_at > clock_timestamp() - interval '1 hour')\n"
        "       AND NOT comes_from_field(v_person, p_register, p_id) THEN",
    ),
}  # fmt: skip


def _changed(name: str, old: str, new: str) -> str:
    return f"""
    v_text := pg_get_functiondef('{name}'::regprocedure);
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in {name}'; END IF;
    EXECUTE replace(v_text, $old${old}$old$, $new${new}$new$);"""


SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in NEW
)
CHANGED = "".join(_changed(name, *passages) for name, passages in CHANGES.items())


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
        ("registry", "0011_emergencies_are_told"),
    ]
    operations = [
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.UUIDField(default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("act", models.CharField(max_length=40)),
                ("register", models.CharField(max_length=12)),
                ("record", models.UUIDField(null=True)),
                ("number", models.BigIntegerField(null=True, unique=True)),
                ("base", models.BigIntegerField(default=0)),
                ("device", models.UUIDField(null=True)),
                ("person", models.UUIDField(null=True)),
                ("fields", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ("told_enc", models.BinaryField(null=True)),
                ("key_number", models.PositiveSmallIntegerField(default=1)),
                ("state", models.CharField(choices=[("aside", "Kept aside"), ("taken", "Written into the record"), ("beside", "Written beside other changes"), ("open", "Contradicts another edit"), ("settled", "Settled by a person")], max_length=10)),
                ("made_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("address", models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.address")),
                ("area", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["record", "number"], name="edit_of_record"),
                    models.Index(condition=models.Q(("state__in", ("aside", "open"))), fields=["area", "received_at"], name="edit_unsettled"),
                ],
            },
        ),
        migrations.AlterField("look", "register", models.CharField(choices=REGISTERS, db_default="identity", max_length=12)),
        migrations.AlterField("looktoken", "register", models.CharField(choices=REGISTERS, db_default="identity", max_length=12)),
        migrations.AlterField("search", "register", models.CharField(choices=REGISTERS, max_length=12)),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $change$ DECLARE v_text text; BEGIN {CHANGED} END $change$", migrations.RunSQL.noop),
    ]
