"""Results of supervisory visits: published, withdrawn with a reason; read by everybody through one function."""

from django.db import migrations, models

# No inspector, no owner, no number of a matter: units, lines of a list, and what became of each lack.
SQL = """\
CREATE FUNCTION hazard_published(p_name text) RETURNS TABLE (
    name varchar, place varchar, checklist varchar, seen_at timestamptz, lacking varchar[], became jsonb,
    withdrawn_at timestamptz, withdrawn_why varchar
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT place.name, place.place_text, sweep.checklist, place.seen_at,
           CASE WHEN place.withdrawn_at IS NULL THEN place.lacking ELSE '{}' END,
           CASE WHEN place.withdrawn_at IS NULL THEN coalesce((
               SELECT jsonb_agg(jsonb_build_array(matter.phase, matter.outcome, mend.due_at) ORDER BY lack.n)
               FROM unnest(place.hazards) WITH ORDINALITY AS lack (id, n)
               LEFT JOIN matters_matter AS matter ON matter.id = lack.id
               LEFT JOIN matters_clock AS mend
                   ON mend.matter_id = matter.id AND mend.rule = 'mend' AND mend.met_at IS NULL), '[]') ELSE '[]' END,
           place.withdrawn_at, place.withdrawn_why
    FROM hazard_premises AS place JOIN hazard_sweep AS sweep ON sweep.id = place.sweep_id
    WHERE place.published_at IS NOT NULL AND (p_name = '' OR strpos(lower(place.name), lower(p_name)) > 0)
    ORDER BY place.seen_at DESC LIMIT 200
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("hazard", "0002_sweeps"), ("matters", "0001_matters_clocks_and_parties")]
    operations = [
        migrations.AddField("premises", "published_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("premises", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("premises", "withdrawn_why", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunSQL(SQL, "DROP FUNCTION hazard_published(text)"),
    ]
