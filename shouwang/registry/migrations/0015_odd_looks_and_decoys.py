"""Odd looks kept from everybody but their maker until they are passed on; planted records beside the register."""

import django.contrib.postgres.fields
import django.db.models.deletion
import shouwang.core.ids
from django.conf import settings
from django.db import migrations, models

FUNCTIONS = ("find_records(uuid, text)", "read_records(uuid)")
SAFE_PATHS = "".join(
    f"EXECUTE format('ALTER FUNCTION {one} SET search_path = %I, pg_temp', current_schema());" for one in FUNCTIONS
)
SQL = """\
ALTER FUNCTION find_records(uuid, text) RENAME TO find_in_register;
ALTER FUNCTION read_records(uuid) RENAME TO read_register;

-- What the register has, and at most one planted record among it: by name or place, never by a number, never in an
-- emergency, and only where it takes nobody's place among the twenty.
CREATE FUNCTION find_records(p_search uuid, p_terms text)
RETURNS TABLE (id uuid, shown text, street varchar, grid varchar) LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    v_rows jsonb;
    v_search registry_search%ROWTYPE;
    v_terms jsonb;
    v_planted jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(to_jsonb(found)), '[]') INTO v_rows FROM find_in_register(p_search, p_terms) AS found;
    SELECT * INTO v_search FROM registry_search AS one WHERE one.id = p_search;
    v_terms := p_terms::jsonb;
    IF jsonb_array_length(v_rows) < 20 AND v_search.register = 'resident' AND v_search.purpose <> 'emergency'
       AND NOT v_terms ?| '{doc,phone,tail,code}' THEN
        SELECT jsonb_build_object('id', d.id, 'shown', left(d.name, 1) || repeat('*', length(d.name) - 1),
                                  'street', d.street, 'grid', area.name)
        INTO v_planted FROM registry_decoy AS d JOIN places_area AS area ON area.id = d.area_id
        WHERE d.grams @> ARRAY(SELECT jsonb_array_elements_text(v_terms -> 'grams'))::varchar[]
          AND d.place_grams @> ARRAY(SELECT jsonb_array_elements_text(v_terms -> 'place'))::varchar[]
          AND (NOT v_terms ? 'like' OR d.name LIKE (v_terms ->> 'like'))
          AND EXISTS (SELECT 1 FROM unnest(v_search.paths) AS path
                      WHERE starts_with(area.duty_path, path) OR starts_with(area.government_path, path))
        ORDER BY d.id LIMIT 1;
    END IF;
    IF v_planted IS NOT NULL THEN
        v_rows := v_rows || v_planted;
        UPDATE registry_search AS one SET shown = one.shown || (v_planted ->> 'id')::uuid WHERE one.id = p_search;
    END IF;
    RETURN QUERY SELECT (row ->> 'id')::uuid, row ->> 'shown', (row ->> 'street')::varchar, (row ->> 'grid')::varchar
        FROM jsonb_array_elements(v_rows) AS row ORDER BY row ->> 'grid', row ->> 'street', row ->> 'id';
END $$;

CREATE FUNCTION read_records(p_token uuid) RETURNS TABLE (id uuid, record jsonb)
LANGUAGE plpgsql SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT found.id, found.record FROM read_register(p_token) AS found;
    RETURN QUERY
        SELECT d.id, (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(to_jsonb(d)) WHERE key IN (
                SELECT unnest(known.columns) FROM register_fields() AS known
                WHERE known.register = 'resident' AND known.field = ANY (leave.fields)))
            || jsonb_build_object('version', 0) || CASE WHEN 'residences' = ANY (leave.fields) THEN jsonb_build_object('residences', d.residences)
                    ELSE '{}' END
        FROM registry_looktoken AS leave JOIN registry_decoy AS d ON d.id = ANY (leave.identities)
        WHERE leave.id = p_token AND leave.register = 'resident';
END $$;
"""


def protect(apps, schema_editor):
    """Its maker reads an odd look, the jobs write it; everybody else only once it was passed on."""
    town = settings.SCHEMA
    schema_editor.execute("ALTER TABLE registry_oddlook ENABLE ROW LEVEL SECURITY")
    schema_editor.execute(f'CREATE POLICY jobs ON registry_oddlook TO "{town}_jobs" USING (true) WITH CHECK (true)')
    schema_editor.execute(
        f'CREATE POLICY heard ON registry_oddlook TO "{town}_web" USING (passed_at IS NOT NULL'
        " OR person = nullif(current_setting('shouwang.person', true), '')::uuid) WITH CHECK (true)"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_standard_addresses"),
        ("registry", "0014_declared_by_residents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decoy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("declared", "declared by the person"),
                            ("notified", "notified by landlord or employer"),
                            ("visit", "taken down on a visit"),
                            ("counter", "taken down at the counter"),
                            ("sheet", "taken over from a sheet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "consent, which can be withdrawn"),
                            ("statutory_duty", "a duty fixed by law: handling this receipt"),
                            ("contract_or_hr", "a contract or staff rules"),
                            ("emergency", "urgent danger to life, health or property"),
                            ("own_public", "made public by the person"),
                            ("other_statute", "another law"),
                        ],
                        max_length=20,
                    ),
                ),
                ("verified_at", models.DateTimeField()),
                ("verify_by", models.DateField()),
                ("retain_until", models.DateField()),
                ("stale", models.BooleanField(default=False)),
                ("kept_by", models.UUIDField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("registered", "Registered here"),
                            ("migrant", "Registered elsewhere, lives here"),
                            ("unregistered", "Not registered anywhere yet"),
                            ("abroad", "From abroad"),
                            ("lodging", "Lodging for a while"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                (
                    "doc_kind",
                    models.CharField(
                        choices=[
                            ("id_card", "Identity card"),
                            ("temporary_id_card", "Temporary identity card"),
                            ("household_booklet", "Household booklet"),
                            ("military_officer_card", "Military officer’s card"),
                            ("armed_police_card", "Armed police officer’s card"),
                            ("driving_licence", "Driving licence"),
                            ("passport", "Passport"),
                            ("taiwan_permit", "Mainland travel permit for Taiwan residents"),
                            ("hk_macao_travel_permit", "Permit for travel to Hong Kong and Macao"),
                            ("hk_macao_resident_permit", "Mainland travel permit for Hong Kong and Macao residents"),
                            ("hmt_residence_permit", "Residence permit for Hong Kong, Macao and Taiwan residents"),
                            ("foreign_permanent_resident_card", "Foreign permanent resident’s card"),
                            ("other", "Other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("doc_no_enc", models.BinaryField()),
                (
                    "sex",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "unknown"), (1, "male"), (2, "female"), (9, "not stated")], default=9
                    ),
                ),
                ("birth_date_enc", models.BinaryField(null=True)),
                ("phone_enc", models.BinaryField(null=True)),
                ("emergency_contact_enc", models.BinaryField(null=True)),
                ("look_for_me", models.BooleanField(default=False)),
                ("look_for_me_until", models.DateField(null=True)),
                ("key_number", models.PositiveSmallIntegerField()),
                (
                    "grams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("street", models.CharField(max_length=80)),
                (
                    "place_grams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None),
                ),
                ("residences", models.JSONField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OwnAddress",
            fields=[
                ("person", models.UUIDField(primary_key=True, serialize=False)),
                ("declared_at", models.DateTimeField()),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.address"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OddLook",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouwang.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("off_duty", "Outside one’s shift"),
                            ("own_name", "One’s own name"),
                            ("own_address", "One’s own address"),
                            ("burst", "Many in a short time"),
                            ("decoy", "A planted record"),
                        ],
                        max_length=12,
                    ),
                ),
                ("person", models.UUIDField()),
                ("subject", models.UUIDField()),
                ("is_search", models.BooleanField()),
                ("at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("said", models.CharField(blank=True, default="", max_length=500)),
                ("said_at", models.DateTimeField(null=True)),
                ("passed_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("closed_by", models.UUIDField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("explained", "explained"), ("followed", "followed up elsewhere")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "at"], name="odd_look_of_person")],
                "constraints": [models.UniqueConstraint(fields=("rule", "subject", "person"), name="odd_look_once")],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(f"DO $$ BEGIN {SAFE_PATHS} END $$", migrations.RunSQL.noop),
        migrations.RunPython(protect, migrations.RunPython.noop),
    ]
