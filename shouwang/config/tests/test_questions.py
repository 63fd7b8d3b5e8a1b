"""How questions reach the database: values beside them, planned once, long lists in pieces."""

from django.db import connection


def test_a_question_asked_often_is_planned_once(db):
    with connection.cursor() as cursor:
        for number in range(8):
            cursor.execute("SELECT %s::int + 34", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%::int + 34'")
        assert cursor.fetchone()[0] == 1


def test_a_long_list_is_written_in_pieces_the_database_takes():
    columns = range(20)

    assert 0 < connection.ops.bulk_batch_size(columns, range(100_000)) * len(columns) <= 65_535
