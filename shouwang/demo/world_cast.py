"""The cast: who they are, which posts they hold, and one line on what each can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """Somebody of the cast. `posts` are (role, area key, responsible); the first is his own."""

    key: str
    name: str
    posts: tuple[tuple[str, str, bool], ...]
    can: Promise | str = ""
    sworn: bool = False
    badge: str = ""
    resident: bool = False
    accepted: bool = True


def _officer(
    key: str, name: str, badge: str, role: str, area: str, can: Promise | str = "", *, held: bool = False
) -> Part:
    return Part(key, name, ((role, area, held),), can, sworn=True, badge=badge)


def _civil(key: str, name: str, role: str, area: str, can: Promise | str = "", *, held: bool = False) -> Part:
    return Part(key, name, ((role, area, held),), can)


PARTS = (
    _civil("fang", "方晓宁", "dispatcher", "station", _("Takes calls and sends crews.")),
    _officer("zhou", "周岚", "043002", "duty_lead", "station", _("Leads the shift; seals, approves phones.")),
    _officer(
        "lin", "林正平", "043001", "station_head", "station", _("Answers for the station; gives posts."), held=True
    ),
    _officer(
        "shen", "沈知行", "043011", "community_officer", "qiaoxi", _("Answers for Qiaoxi and its calls."), held=True
    ),
    _officer("zhao", "赵启明", "043012", "community_officer", "hebu", _("Answers for Hebu and its calls."), held=True),
    _officer("ming", "周明远", "043021", "police_officer", "station", _("Patrols with crew Qiaoxi 1; has the phone.")),
    _officer("li", "李想", "043022", "police_officer", "station", _("Patrols with crew Qiaoxi 1.")),
    _civil("he", "何川", "auxiliary", "station", _("Goes along with crew Qiaoxi 1; takes no sworn step.")),
    _officer("guan", "关振", "043023", "police_officer", "station", _("Patrols with crew Hebu 1.")),
    _civil("lu", "陆禾", "grid_worker", "qiaoxi_04", _("Walks grid Qiaoxi 04; sees only own reports."), held=True),
    _civil("su", "苏梅", "grid_head", "qiaoxi", _("Heads the grids of Qiaoxi.")),
    _civil("tang", "唐棣", "deputy_grid_head", "qiaoxi", _("Stands in for the grid head.")),
    _civil("yu", "于蓝", "grid_manager", "qiaoxi", _("Assigns and checks the grids' work.")),
    _civil(
        "peng", "彭大姐", "neighbourhood_contact", "qiaoxi_04_point", _("Files reports; sees only her own."), held=True
    ),
    _civil("duan", "段勇", "security_worker", "qiaoxi", _("Full-time patrol worker of Qiaoxi; not sworn.")),
    _civil("gao", "高秋菊", "patrol_helper", "qiaoxi", _("Volunteer; sees place and time of her own patrols.")),
    _officer("gu", "顾衡", "043003", "inspector", "bureau", _("Looks into complaints about the police.")),
    _civil("an", "安然", "auditor", "bureau", _("Sees everything's course, changes nothing.")),
    _civil("xi", "席军", "system_admin", "bureau", _("Keeps the system running.")),
    _civil("bao", "鲍宁", "security_admin", "bureau", _("Gives posts and approves phones.")),
    _civil("shenji", "沈稷", "audit_admin", "bureau", _("Reads the journal of everybody's acts.")),
    Part("wang", "王女士", (), _("Reports from the portal and follows it."), resident=True),
    Part("stranger", "秦越", (), ""),
    _officer("cheng", "程守一", "043000", "bureau_head", "bureau", _("Answers for the bureau."), held=True),
    _civil("feng", "冯雨", "grid_worker", "qiaoxi_01", held=True),
    _civil("luo", "罗素云", "grid_worker", "qiaoxi_02", held=True),
    Part("ma", "马骏", (("grid_worker", "qiaoxi_03", True),), accepted=False),  # has not signed: a gap to be seen
    _civil("shi", "石磊", "grid_worker", "hebu_01", held=True),
    _civil("yuan", "袁小满", "grid_worker", "hebu_02", held=True),  # nobody holds Hebu 03: the other gap
    _civil("jiang", "江涵", "grid_head", "street", held=True),
    _civil("qiu", "邱实", "grid_head", "county", held=True),
)


@dataclass(frozen=True)
class UnitPart:
    """A unit of the station; `crew` are (who, leads, recorder)."""

    key: str
    name: str
    call_sign: str
    initials: str
    form: str
    home: str
    crew: tuple[tuple[str, bool, str], ...] = ()
    at: tuple[float, float] | None = None


UNITS = (
    UnitPart(
        "qx1",
        "桥西1组",
        "青石11",
        "qx1",
        "car",
        "station",
        (("ming", True, "5120471"), ("li", False, "5120472"), ("he", False, "")),
    ),
    UnitPart("qx2", "桥西2组", "青石12", "qx2", "foot", "station"),
    UnitPart("hb1", "河埠1组", "青石21", "hb1", "car", "station", (("guan", True, "5120481"),)),
    UnitPart("booth", "东门岗亭", "青石31", "dm", "booth", "station", at=(111.4345, 27.6905)),
    UnitPart("cycle", "骑巡1组", "青石41", "qq1", "cycle", "station"),
)
