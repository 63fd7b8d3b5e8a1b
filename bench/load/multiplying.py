"""More residents than can be laid in reasonable time: copies made in the database, with numbers and areas of their own.

A copy has another key, random buckets and checks (somebody else's document and telephone) and another area beside that
of its original; name, street and sealed fields are the original's. Nobody can open a copy, and no search is drawn from
one: they are the crowd among which the laid ones are found.
"""

from __future__ import annotations

from typing import Any

AREAS = """
CREATE TABLE area_copy AS
SELECT id AS old, round, gen_random_uuid() AS new,
       (SELECT max(number) FROM places_area) + row_number() OVER () AS number
FROM places_area AS area CROSS JOIN generate_series(1, %(rounds)s) AS round
WHERE EXISTS (SELECT 1 FROM registry_resident AS r WHERE r.area_id = area.id)
"""
OTHER_AREAS = {
    "id": "copy.new", "number": "copy.number", "code": "'copy' || copy.number",
    "duty_path": "regexp_replace(r.duty_path, '[0-9]+/$', copy.number || '/')",
    "government_path": "regexp_replace(r.government_path, '[0-9]+/$', copy.number || '/')",
}  # fmt: skip
OTHER_RESIDENTS = {
    "id": "(lpad(to_hex(1700000000000 + row_number() OVER ()), 12, '0') || '7000'"
    " || '8' || substr(md5(copy.new::text || r.id), 1, 15))::uuid",
    "area_id": "copy.new", "account": "NULL::uuid", "identity_id": "NULL::uuid",
    "doc_bucket": "floor(random() * 1024)::smallint",
    "phone_bucket": "CASE WHEN r.phone_bucket IS NOT NULL THEN floor(random() * 1024) END::smallint",
    "tail_bucket": "CASE WHEN r.tail_bucket IS NOT NULL THEN floor(random() * 1024) END::smallint",
    "doc_check": "substring(uuid_send(gen_random_uuid()) FROM 1 FOR 8)",
    "phone_check": "CASE WHEN r.phone_check IS NOT NULL THEN substring(uuid_send(gen_random_uuid()) FROM 1 FOR 8) END",
    "tail_check": "CASE WHEN r.tail_check IS NOT NULL THEN substring(uuid_send(gen_random_uuid()) FROM 1 FOR 8) END",
}  # fmt: skip


def multiply(owner: Any, n_residents: int) -> None:
    """Fill the register up to `n_residents`; its indexes are made anew afterwards."""
    (there,) = owner.execute("SELECT count(*) FROM registry_resident").fetchone()
    if n_residents <= there:
        return
    owner.execute("SET synchronous_commit = off; SET maintenance_work_mem = '1GB'")
    with without_indexes(owner):
        owner.execute("ALTER TABLE registry_resident DISABLE TRIGGER USER")
        owner.execute(AREAS % {"rounds": -(-(n_residents - there) // there)})
        owner.execute("CREATE INDEX ON area_copy (old); ANALYZE area_copy")
        _copy(owner, "places_area", OTHER_AREAS, "ON copy.old = r.id")
        _copy(owner, "registry_resident", OTHER_RESIDENTS, f"ON copy.old = r.area_id LIMIT {n_residents - there}")
        owner.execute("ALTER TABLE registry_resident ENABLE TRIGGER USER; DROP TABLE area_copy")


def _copy(owner: Any, table: str, others: dict[str, str], which: str) -> None:
    """Rows of a table once more, with other values where `others` says so."""
    named = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
    columns = [name for (name,) in owner.execute(f"{named} ORDER BY attnum", [table])]
    values = [others.get(name, f"r.{name}") for name in columns]
    owner.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {table} AS r JOIN area_copy AS copy {which}"
    )


class without_indexes:  # noqa: N801 (used as a word in `with`)
    """The register's indexes, gone for a while: made at once they take a fraction of what they take row by row."""

    def __init__(self, owner: Any) -> None:
        self.owner = owner
        self.made: list[str] = []

    def __enter__(self) -> None:
        rows = self.owner.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index AS i"
            " WHERE i.indrelid = 'registry_resident'::regclass AND NOT i.indisunique"
        ).fetchall()
        for name, made in rows:
            self.owner.execute(f"DROP INDEX {name}")
            self.made.append(made)

    def __exit__(self, *_: object) -> None:
        self.owner.execute("SET maintenance_work_mem = '1GB'")
        for made in self.made:
            self.owner.execute(made)
