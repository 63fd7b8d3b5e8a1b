from uuid import UUID

from shouwang.core.ids import RECEIPT_ALPHABET, new_id, receipt_code


def test_ids_are_version_7_and_increase():
    made = [new_id() for _ in range(20_000)]

    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, UUID(int=1 << 79 | 0b10 << 62).variant)}


def test_a_receipt_code_has_nothing_that_is_misread():
    code = receipt_code()

    assert len(code) == 8
    assert set(code) <= set(RECEIPT_ALPHABET)
    assert not set("01OI") & set(RECEIPT_ALPHABET)
