"""What a person is told when something cannot be done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise


class Problem(Exception):
    """A person asked for something that cannot be done, and can be told why.

    Each subclass stands beside the function that raises it and sets `code` (unique, never reused),
    `status` (HTTP) and `says` (a lazy message; `{names}` are filled from the keyword arguments).
    `field` names the input it is about, when there is one.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400
    says: ClassVar[str | Promise] = "This cannot be done."

    def __init__(self, *, field: str | None = None, **given: Any) -> None:
        self.field = field
        self.given = given
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """The sentence in the reader's language."""
        return str(self.says).format(**{name: str(value) for name, value in self.given.items()})

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class Unavailable(Exception):
    """An outside system did not answer. `retry_after_s` None means: do not try again."""

    def __init__(self, what: str, retry_after_s: float | None = None) -> None:
        self.what = what
        self.retry_after_s = retry_after_s
        super().__init__(what)


def problem_classes(root: type[Problem] = Problem) -> list[type[Problem]]:
    """Every Problem there is, by code: the catalogue of errors."""
    found: list[type[Problem]] = []
    for child in root.__subclasses__():
        found += [child, *problem_classes(child)]
    return sorted(set(found), key=lambda one: one.code)
