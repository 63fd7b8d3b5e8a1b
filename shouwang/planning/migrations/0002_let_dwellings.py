"""How many dwellings are let in each building: a count for worksheets of grids, without who lets or lives there."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION planning_let_dwellings(ground varchar)
RETURNS TABLE (lon double precision, lat double precision, dwellings bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT placed.lon, placed.lat, count(*)
    FROM registry_dwelling dwelling
    JOIN places_area area ON area.id = dwelling.area_id
    JOIN places_address address ON address.id = dwelling.address_id
    CROSS JOIN LATERAL (
        SELECT above.lon, above.lat FROM places_address above
        WHERE above.number = ANY (string_to_array(trim(BOTH '/' FROM address.path), '/')::bigint[])
            AND above.lon IS NOT NULL AND above.element IN ('building', 'entrance_unit', 'room')
        ORDER BY above.element = 'building' DESC, length(above.path) LIMIT 1
    ) placed
    WHERE dwelling.occupancy = 'let' AND ground <> '' AND starts_with(area.duty_path, ground)
    GROUP BY placed.lon, placed.lat
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0001_plan"),
        ("registry", "0008_emergencies"),
        ("places", "0003_standard_addresses"),
    ]

    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION planning_let_dwellings(varchar);")]
