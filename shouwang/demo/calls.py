"""The calls of the demo's shift, and who is on duty: made up, every number and every name.

Times are seconds before the scenario begins. A call goes through its course as far as `stage` says.
"""

from __future__ import annotations

from dataclasses import dataclass

from shouwang.demo.world_cast import UnitPart

MINUTE, HOUR, DAY = 60, 3600, 86_400
COURSE = ("opened", "accepted", "sent", "signed", "departed", "arrived", "reported", "cleared", "closed")


@dataclass(frozen=True)
class Call:
    """One call: how long ago it came, what was said, who went, and how far it got."""

    ago_s: int
    subkind: str
    place: str
    gist: str
    words: str
    number: str
    stage: str
    unit: str = ""
    report: str = ""
    outcome: str = ""
    note: str = ""

    def reaches(self, step: str) -> bool:
        return COURSE.index(step) <= COURSE.index(self.stage)


MORE_UNITS = (
    UnitPart("wc1", "文昌1组", "青石51", "wc1", "car", "station"),
    UnitPart("wc2", "文昌2组", "青石52", "wc2", "car", "station"),
    UnitPart("nt1", "南塘1组", "青石61", "nt1", "car", "station"),
    UnitPart("sm1", "水门1组", "青石71", "sm1", "foot", "station"),
)

CREWS = {  # unit → name, whether sworn; qx1 and hb1 have theirs in the cast
    "qx2": (("许诺言", True), ("田野青", False)),
    "booth": (("邵一峰", True), ("孟小川", False)),
    "cycle": (("高原春", True), ("程雪晴", True)),
    "wc1": (("柳如岸", True), ("江上帆", True)),
    "wc2": (("向晚阳", True), ("白桦林", False)),
    "nt1": (("秦望岭", True), ("夏荷清", False)),
    "sm1": (("龙井泉", True), ("安小渡", False)),
}

NOW = (
    Call(48, "order.fight", "桥西路12号 川味小馆", "两人推搡，一人手部出血",
         "饭馆门口两个人打起来了，有个人手在流血，你们快点。", "13800002086", "accepted"),
    Call(12, "help.lost_person", "河埠广场", "男，78岁，灰外套，走失约20分钟",
         "我爸在广场走丢了，七十八岁，穿灰外套，有时记不得路。", "13800002311", "opened"),
    Call(70, "traffic.move_car", "建新路58号", "车库出口被堵，车上无电话",
         "我的车出不来，门口停了一辆白车，上面没留电话。", "13800002447", "sent", "sm1"),
    Call(190, "other_dept.noise", "南塘小区7幢", "楼上夜间装修，已是本周第3次",
         "楼上又在敲，孩子睡不了，这周第三回了。", "13800002502", "departed", "nt1"),
    Call(272, "traffic.accident", "中山路58号", "电动车与行人，腿部擦伤，已叫120",
         "电动车把人刮倒了，腿擦破了，救护车叫了。", "13800002618", "departed", "wc1"),
    Call(26 * MINUTE, "help.neighbours", "桥西里3幢2单元", "楼道堆物争执，双方愿意调解",
         "楼道里堆的东西挡路，说了几次都不听，吵起来了。", "13800002733", "reported", "qx2",
         "双方在场，情绪平稳，正在商量搬走的时间。"),
    Call(34 * MINUTE, "help.fall", "书院街21号", "120 已接走，等家属到场",
         "老太太在门口摔了，起不来。", "13800002854", "reported", "wc2", "120 已接走，正在联系她女儿。"),
    Call(41 * MINUTE, "crime.theft", "东门市场", "店内监控已登记调取",
         "店里少了一部手机，监控里看得见人。", "13800002969", "arrived", "hb1"),
)  # fmt: skip

BEFORE = (
    Call(DAY + 2 * HOUR, "other_dept.consumer", "柏宁市场", "等市场监管所回复",
         "买的电水壶漏电，不肯退。", "13800003074", "cleared", "qx2", "双方说法不一，已请市场监管所看货。", "",
         "市场监管所明天上午答复。"),
    Call(DAY + 5 * HOUR, "help.lost_item", "水门街40号", "等公交公司找失物",
         "包落在公交车上了，里面有药。", "13800003185", "cleared", "wc1", "已告知公交公司车次和座位。", "",
         "公交公司收车后查，今晚回电。"),
    Call(2 * DAY, "other_dept.noise", "染坊巷6号", "夜间唱歌，劝止", "隔壁唱歌唱到半夜。", "13800003296", "closed",
         "qx2", "已劝止，答应十点后不唱。", "advice"),
    Call(3 * DAY + 4 * HOUR, "help.lock_out", "桥西里12幢", "忘带钥匙，已开门", "钥匙锁在屋里了，灶上还炖着汤。",
         "13800003307", "closed", "wc2", "核对住址后开锁，灶火已关。", "settled"),
    Call(6 * DAY, "other_dept.noise", "染坊巷6号", "夜间唱歌，双方约定时间", "又唱上了，睡不着。", "13800003296",
         "closed", "qx2", "两家当面约好时间。", "mediated"),
    Call(9 * DAY + HOUR, "other_dept.consumer", "桥西路12号 川味小馆", "结账争执，现场调解", "多算了一盘菜，不肯改。",
         "13800003418", "closed", "qx2", "店家退了差价。", "mediated"),
    Call(12 * DAY + 3 * HOUR, "help.lost_child", "河埠广场", "孩子在书店找到", "孩子刚才还在身边，一转身没了。",
         "13800003529", "closed", "wc1", "在广场边的书店找到，已交给母亲。", "settled"),
)  # fmt: skip
