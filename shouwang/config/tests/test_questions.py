"""How questions reach the database: values beside them, no plan kept, long lists in pieces."""

from django.db import connection


def test_no_value_stands_in_a_question_and_no_plan_is_kept_of_one_asked_often(db):
    with connection.cursor() as cursor:
        for number in range(8):
            said = "SELECT query, %s::int FROM pg_stat_activity WHERE pid = pg_backend_pid()"
            cursor.execute(said, [340_000 + number])
            assert "340" not in cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%pg_stat_activity%%'")
        assert cursor.fetchone()[0] == 0


def test_a_long_list_is_written_in_pieces_the_database_takes():
    columns = range(20)

    assert 0 < connection.ops.bulk_batch_size(columns, range(100_000)) * len(columns) <= 65_535
