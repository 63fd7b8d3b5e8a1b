"""A platform that does not exist, with people who do not: shows the port, and is what the tests and rehearsals use.

Its rows have what real ones have: codes of its own, a field that must not pass, and some faults.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from shouwang.connections.platforms.port import Agreement, Field, register

_KINDS = {
    "1": "常住人口",
    "2": "流动人口",
    "3": "未落户人员",
    "4": "境外人员",
    "5": "寄住人口",
    "9": "其他",
}  # table C6
_RELATIONS = {"01": "产权人", "02": "家属", "03": "承租人"}
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"  # IDN-01
N_ROWS = 20


def _in(table: Mapping[str, str], theirs: str) -> Field:
    def read(text: str) -> str:
        if text.strip() not in table:
            raise ValueError(f"{theirs}={text}")
        return table[text.strip()]

    return Field(theirs, read)


def _day(text: str) -> str:
    return dt.datetime.strptime(text.strip(), "%Y%m%d").replace(tzinfo=dt.UTC).date().isoformat()


AGREEMENT = Agreement(
    name="stub",
    body="演练平台",
    purpose="核对流动人口登记",
    basis="other_statute",
    signed_on=dt.date(2026, 1, 1),
    ends_on=dt.date(2030, 12, 31),
    fields={
        "name": Field("XM"), "doc_no": Field("GMSFHM"), "category": _in(_KINDS, "RKLB"), "address": Field("DZMC"),
        "relation": _in(_RELATIONS, "YFWGX"), "from_on": Field("LZRQ", _day),
    },
)  # fmt: skip


class Stub:
    """Rows made up by a counter: the seventh has an unknown code, the eleventh no date, all a field that is dropped."""

    agreement = AGREEMENT

    def rows(self, since: dt.date) -> Iterator[Mapping[str, str]]:
        for n in range(N_ROWS):
            body = f"431399{1970 + n}0607{n + 101:03d}"
            yield {
                "XM": f"练习{'甲乙丙丁戊己庚辛壬癸'[n % 10]}",
                "GMSFHM": body + _CHECKS[sum(int(one) * by for one, by in zip(body, _WEIGHTS, strict=True)) % 11],
                "RKLB": "77" if n == 6 else "2",
                "DZMC": f"桥西路{n + 1}号",
                "YFWGX": "03",
                "LZRQ": "" if n == 10 else f"{since:%Y%m%d}",
                "MZ": "01",
            }


register(Stub())
