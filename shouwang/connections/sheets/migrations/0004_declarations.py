"""Lists of tenants and staff are brought as declarations: recognised by their receipt, taken over, undone."""

from django.db import migrations, models

KNOWN = """\
    ELSIF v_kind = 'declarations' THEN
        UPDATE sheets_staged AS s SET known = true FROM registry_declaration AS told
        WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to
          AND told.receipt_no = s.given -> 'record' ->> 'receipt_no';
    ELSIF v_kind = 'addresses' THEN
        UPDATE sheets_staged"""
TAKEN = """\
        ELSIF v_kind = 'declarations' THEN
            INSERT INTO registry_declaration SELECT new.* FROM sheets_staged AS s,
                LATERAL jsonb_populate_record(NULL::registry_declaration, s.given -> 'record') AS new
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to AND NOT s.known
            ON CONFLICT DO NOTHING;
        ELSIF v_kind = 'addresses' THEN
            INSERT"""
UNDONE = """\
    ELSIF p_step = 'declarations' THEN  -- that nobody answered
        DELETE FROM registry_declaration AS told USING sheets_line AS one
        WHERE one.batch_id = p_batch AND one.number BETWEEN p_from AND p_to AND one.made AND told.id = one.id
          AND told.state = 'filed';
    ELSIF p_step = 'lines' THEN"""
UNIT_THERE = "OR EXISTS (SELECT 1 FROM registry_organisation WHERE id = one.id)"
DECLARED_THERE = "OR EXISTS (SELECT 1 FROM registry_declaration WHERE id = one.id)"
UNIT_MADE = "SELECT id FROM registry_organisation WHERE v_kind = 'organisations' UNION ALL"
DECLARED_MADE = "SELECT id FROM registry_declaration WHERE v_kind = 'declarations' UNION ALL"
# Passages changed in functions as they stand.
PASSAGES = {
    "recognise_sheet(uuid, integer, integer, timestamptz)": [
        ("    ELSIF v_kind = 'addresses' THEN\n        UPDATE sheets_staged", KNOWN)
    ],
    "take_over_sheet(uuid, integer, integer)": [
        ("        ELSIF v_kind = 'addresses' THEN\n            INSERT", TAKEN),
        (UNIT_MADE, f"{UNIT_MADE}\n            {DECLARED_MADE}"),
    ],
    "undo_sheet(uuid, varchar, integer, integer)": [
        ("    ELSIF p_step = 'lines' THEN", UNDONE),
        (UNIT_THERE, f"{UNIT_THERE}\n            {DECLARED_THERE}"),
    ],
}  # fmt: skip


def _changed(name: str, passages: list[tuple[str, str]]) -> str:
    changes = "".join(
        f"""
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in {name}'; END IF;
    v_text := replace(v_text, $old${old}$old$, $new${new}$new$);"""
        for old, new in passages
    )
    return f"\n    v_text := pg_get_functiondef('{name}'::regprocedure);{changes}\n    EXECUTE v_text;"


CHANGED = "".join(_changed(name, passages) for name, passages in PASSAGES.items())
KINDS = [
    ("addresses", "Standard addresses"), ("dwellings", "Dwellings"), ("residents", "Residents and where they live"),
    ("organisations", "Organisations"), ("declarations", "Declarations"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("sheets", "0003_only_twins_are_written_again"), ("registry", "0004_registers")]
    operations = [
        migrations.AlterField("batch", "kind", models.CharField(choices=KINDS, max_length=16)),
        migrations.RunSQL(f"DO $change$ DECLARE v_text text; BEGIN {CHANGED} END $change$", migrations.RunSQL.noop),
    ]
