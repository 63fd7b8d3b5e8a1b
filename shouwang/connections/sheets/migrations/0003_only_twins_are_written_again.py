"""Looking over, a line is written a second time only where an earlier one speaks of the same person."""

from django.db import migrations

OLD = """UPDATE sheets_staged AS s SET person = (
                SELECT first.person FROM sheets_staged AS first
                WHERE first.batch_id = p_batch AND first.match = s.match ORDER BY first.number LIMIT 1)
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to;"""
NEW = """UPDATE sheets_staged AS s SET person = first.person FROM sheets_staged AS first
            WHERE s.batch_id = p_batch AND s.number BETWEEN p_from AND p_to
              AND first.batch_id = p_batch AND first.match = s.match AND first.number < s.number
              AND NOT EXISTS (SELECT 1 FROM sheets_staged AS earlier WHERE earlier.batch_id = p_batch
                              AND earlier.match = s.match AND earlier.number < first.number);"""
REPLACED = """
DO $change$ DECLARE
    v_text text := pg_get_functiondef('recognise_sheet(uuid, integer, integer, timestamptz)'::regprocedure);
BEGIN
    IF strpos(v_text, $old${old}$old$) = 0 THEN RAISE 'passage not found in recognise_sheet'; END IF;
    EXECUTE replace(v_text, $old${old}$old$, $new${new}$new$);
END $change$
"""


class Migration(migrations.Migration):
    dependencies = [("sheets", "0002_take_over")]

    operations = [migrations.RunSQL(REPLACED.format(old=OLD, new=NEW), REPLACED.format(old=NEW, new=OLD))]
