"""Which special trade a unit plies (table C8): kept, opened, changed and counted beside its kind."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

TRADES = [
    ("lodging_trade", "Hotel or inn"), ("printing", "Printing"), ("locksmith", "Locksmith"),
    ("seal_engraving", "Seal engraving"), ("pawnbroking", "Pawnbroking"), ("second_hand", "Second-hand goods"),
    ("scrap_metal", "Scrap metal"), ("vehicle_repair", "Vehicle repair"),
]  # fmt: skip
# Passages changed in functions as they stand, whichever migration wrote them last.
CHANGES = {
    "register_fields()": ("'{unit_name,credit_code,unit_kind,", "'{unit_name,credit_code,unit_kind,special_trade,"),
    "change_record(varchar, uuid, jsonb)": (
        "'{unit_name,grams,credit_code,unit_kind,", "'{unit_name,grams,credit_code,unit_kind,special_trade,"
    ),
    "profile_counts(varchar[])": (
        "    SELECT g.area, 'stale',",
        "    SELECT g.area, 'trades', o.special_trade, count(*)\n"
        "    FROM registry_organisation AS o JOIN ground AS g ON g.grid = o.area_id\n"
        "    WHERE o.special_trade <> '' GROUP BY g.area, o.special_trade\n"
        "    UNION ALL\n"
        "    SELECT g.area, 'stale',",
    ),
}  # fmt: skip
FUNCTIONS = "".join(
    f"""
    v_text := pg_get_functiondef('{name}'::regprocedure);
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in {name}'; END IF;
    EXECUTE replace(v_text, $old${old}$old$, $new${new}$new$);"""
    for name, (old, new) in CHANGES.items()
)
TRACED = (
    "unit_name,credit_code,unit_kind,special_trade,licence_no,licence_expires_on,unit_contact_enc,staff_band,"
    "has_guards,fire_items"
)
SQL = f"""
DO $change$ DECLARE v_text text; BEGIN {FUNCTIONS} END $change$;
DROP TRIGGER organisation_is_traced ON registry_organisation;
CREATE TRIGGER organisation_is_traced AFTER UPDATE OF {TRACED} ON registry_organisation FOR EACH ROW
WHEN (OLD.key_number = NEW.key_number) EXECUTE FUNCTION trace_change({TRACED});
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0022_declared_in_ones_own_name")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="special_trade",
            field=models.CharField(blank=True, choices=TRADES, default="", max_length=16),
        ),
        AddConstraintNotValid(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(special_trade="") | models.Q(unit_kind="special_trade"),
                name="organisation_trade_of_special_trades",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
