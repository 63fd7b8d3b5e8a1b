"""Duty models to begin with: what stations call them, as rows a station head changes.

Source  S-ORG-005, S-ORG-020, S-ORG-023, PAT-05 (half nights). Hours where the source has none are ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from shouwang.duty.rosters.slots import Slot

WORKDAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True)
class Preset:
    key: str
    name: str
    says: str
    slots: tuple[Slot, ...]
    partners: str = ""


def _numbered(*slots: Slot) -> tuple[Slot, ...]:
    return tuple(replace(slot, code=f"s{n}") for n, slot in enumerate(slots, start=1))


def _slot(name: str, begins: str, hours: float, number: int, needs: str, team: str = "", *,
          weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)) -> Slot:  # fmt: skip
    return Slot("", name, begins, round(hours * 60), number, needs, team, weekdays=weekdays)


SECTORS = ("第一片区（1–4号巡区）", "第二片区（5–8号巡区）", "第三片区（9–12号巡区）", "第四片区（13–16号巡区）")
WATCHES = (("早班", "08:00"), ("中班", "16:00"), ("夜班", "00:00"))

PRESETS: dict[str, Preset] = {
    one.key: one
    for one in (
        Preset(
            "1+4", "1+4融合勤务", "1名社区民警带班，居委、综治、物业、志愿者四方参与。",
            _numbered(
                _slot("社区民警", "08:30", 9, 1, "community", "社区警务"),
                _slot("辅警", "08:30", 9, 1, "unsworn", "社区警务"),
                _slot("网格巡查", "18:00", 4, 1, "grid", "社区警务"),
            ),
            "社区居委会、综治中心、物业公司、志愿者",
        ),
        Preset(
            "1412", "1412社区警务", "1名副所长、4名社区民警、12名专职治安员，同一间警务室。",
            _numbered(
                _slot("带班副所长", "08:30", 9, 1, "head", "社区警务队", weekdays=WORKDAYS),
                _slot("社区民警", "08:30", 9, 4, "community", "社区警务队", weekdays=WORKDAYS),
                _slot("专职治安员（日）", "08:00", 8, 6, "unsworn", "巡逻防控小组"),
                _slot("专职治安员（晚）", "16:00", 8, 6, "unsworn", "巡逻防控小组"),
            ),
        ),
        Preset(
            "4+X", "4+X社区警务", "民警、辅警、专职治安员、12人巡逻队四个固定岗，其余力量按需加入。",
            _numbered(
                _slot("社区民警", "08:30", 9, 1, "community", "固定岗"),
                _slot("辅警", "08:30", 9, 2, "unsworn", "固定岗"),
                _slot("专职治安员", "08:30", 9, 1, "unsworn", "固定岗"),
                _slot("巡逻队", "18:00", 4, 12, "unsworn", "巡逻队"),
            ),
            "物业保安、志愿者、行业单位",
        ),
        Preset(
            "2+1", "两队一室", "社区警务队、案件办理队各自排班，综合指挥室昼夜值守。",
            _numbered(
                _slot("社区警务队", "08:30", 9, 1, "community", "社区警务队"),
                _slot("案件办理队", "09:00", 9, 1, "sworn", "案件办理队", weekdays=WORKDAYS),
                _slot("综合指挥室（日）", "08:00", 12, 1, "sworn", "综合指挥室"),
                _slot("综合指挥室（夜）", "20:00", 12, 1, "sworn", "综合指挥室"),
            ),
        ),
        Preset(
            "half", "半夜勤务", "前半夜由机关干部带队，00:30 起由公益岗队伍接班。",
            _numbered(
                _slot("前半夜带队", "18:00", 6.5, 1, "sworn", "前半夜"),
                _slot("前半夜巡逻", "18:00", 6.5, 1, "sworn", "前半夜"),
                _slot("后半夜巡逻", "00:30", 6.5, 2, "unsworn", "后半夜"),
            ),
        ),
        Preset(
            "4x16", "四片区十六巡区", "24小时三班，四个片区各两人，分管十六个巡区。",
            _numbered(
                *(_slot(f"{sector}{watch}", begins, 8, 2, "any", sector.split("（")[0])
                  for sector in SECTORS for watch, begins in WATCHES)
            ),
        ),
    )
}  # fmt: skip
