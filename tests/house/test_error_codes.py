"""Whoever reads a code on a page finds one error under it."""

from collections import Counter

from shouwang.config.reference import OF_TESTS, errors_page
from shouwang.core.problem import problem_classes


def test_no_two_errors_have_one_code() -> None:
    errors_page()  # imports whatever has errors
    ours = [one for one in problem_classes() if one.__module__.startswith("shouwang.")]
    ours = [one for one in ours if not any(part in one.__module__ for part in OF_TESTS)]

    assert [code for code, n in Counter(one.code for one in ours).items() if n > 1] == []
