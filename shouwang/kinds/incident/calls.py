"""Call kinds (table C10) with what people call them. Foreign codes are mapped at the gate, never used inside."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.matters.sorts import Subkind

GROUPS: dict[str, Promise] = {
    "crime": _("Crime"),
    "order": _("Public order"),
    "traffic": _("Traffic"),
    "fire_rescue": _("Fire and rescue"),
    "help": _("Calls for help"),
    "other_dept": _("For another department"),
    "assist": _("Assistance to police"),
    "crowd_safety": _("Crowd safety (group)"),
    "disaster": _("Disaster or accident"),
    "tip": _("Tips"),
    "complaint": _("Complaints and supervision"),
    "other": _("Others"),
}

# Foreign group → ours. "Gathering to petition" (700100) is folded into crowd safety, without cause or demand (ETH-07).
FOREIGN = {
    "10": "crime", "20": "order", "30": "traffic", "40": "fire_rescue", "50": "help", "60": "other_dept",
    "65": "assist", "70": "crowd_safety", "80": "disaster", "90": "tip", "95": "complaint", "99": "other",
}  # fmt: skip


def _sort(name: str, label: Promise, urgency: int, words: str, **more: bool) -> Subkind:
    return Subkind(name, label, urgency, tuple(words.split()), **more)


# Urgency: 1 life in danger, 2 in progress or suspect there, 3 soon, 4 can be booked.
_SORTS = (
    _sort("crime.theft", _("Theft"), 3, "盗窃 被偷 偷东西 偷车 小偷 扒窃 失窃 偷了"),
    _sort("crime.robbery", _("Robbery"), 1, "抢劫 打劫"),
    _sort("crime.snatching", _("Snatching"), 2, "抢夺 飞车抢夺 抢包"),
    _sort("crime.injury", _("Wounding"), 1, "故意伤害 砍人 捅人 砍伤 捅伤"),
    _sort("crime.fraud", _("Fraud"), 3, "诈骗 被骗 电信诈骗 骗钱 刷单"),
    _sort("crime.extortion", _("Extortion"), 2, "敲诈 勒索"),
    _sort("crime.arson", _("Arson"), 1, "放火 纵火"),
    _sort("crime.kidnapping", _("Kidnapping"), 1, "绑架 劫持", untold=True),
    _sort("order.fight", _("Fight"), 2, "打架 打人 斗殴 群殴 互殴 打起来"),
    _sort("order.damage", _("Damage to property"), 3, "损坏财物 砸车 砸店 砸玻璃 打砸"),
    _sort("order.disturbance", _("Disturbance"), 3, "扰乱秩序 闹事 寻衅滋事 酒闹 醉酒"),
    _sort("order.domestic", _("Domestic violence"), 2, "家庭暴力 家暴 丈夫打 老公打 打老婆", dispute=True, untold=True),
    _sort("order.gambling", _("Gambling"), 4, "赌博 聚赌 打牌赌钱"),
    _sort("order.intrusion", _("Intrusion"), 2, "非法侵入 闯入 撬门"),
    _sort("traffic.accident", _("Traffic accident"), 2, "交通事故 车祸 撞车 撞人 追尾 剐蹭"),
    _sort("traffic.violation", _("Traffic violation"), 4, "交通违法 酒驾 违停 逆行"),
    _sort("traffic.hit_and_run", _("Hit and run"), 2, "肇事逃逸 撞人跑了"),
    _sort("traffic.facility", _("Traffic light or sign broken"), 4, "红绿灯坏 信号灯坏 交通设施"),
    _sort("traffic.order", _("Traffic jam"), 4, "交通拥堵 堵车"),
    _sort("traffic.move_car", _("Please move a car"), 4, "挪车求助 挪车 堵门 堵路 车挡"),
    _sort("fire_rescue.fire", _("Fire"), 1, "火灾 着火 起火 失火 冒烟"),
    _sort("fire_rescue.rescue", _("Rescue"), 1, "被困 电梯困人 困在"),
    _sort("help.lost_person", _("Missing elderly person"), 2, "走失老人 老人走失 老人走丢 失智老人"),
    _sort("help.lost_child", _("Missing child"), 1, "走失儿童 小孩走失 孩子走丢 孩子不见"),
    _sort("help.lost_item", _("Lost property"), 4, "走失物品 丢失物品 遗失 丢了 捡到 掉了"),
    _sort("help.lock_out", _("Locked out"), 4, "开锁 被锁门外 忘带钥匙"),
    _sort("help.drowning", _("Drowning"), 1, "溺水 落水 掉河里"),
    _sort("help.utilities", _("Danger from gas, water or power"), 2, "煤气泄漏 燃气泄漏 漏电 水管爆裂"),
    _sort("help.illness", _("Sudden illness"), 1, "突发疾病 急病 昏迷 晕倒 心脏病"),
    _sort("help.fall", _("Elderly person fallen"), 2, "老人跌倒 老人摔倒 跌倒 摔倒"),
    _sort("help.suicide", _("Danger to one's own life"), 1, "轻生 跳楼 跳桥 自杀 割腕"),
    _sort("help.mental", _("Person in distress"), 2, "情绪失控 精神异常"),
    _sort("help.dog", _("Dog or other animal"), 3, "恶犬 狗咬人 流浪狗 蛇"),
    _sort("other_dept.noise", _("Noise"), 4, "噪声扰民 噪音扰民 噪声 噪音 太吵 广场舞 装修吵", dispute=True),
    _sort("other_dept.labour", _("Wages"), 4, "讨薪 拖欠工资 欠薪", dispute=True),
    _sort("other_dept.urban", _("Street trading or building"), 4, "占道经营 违建 流动摊贩"),
    _sort("other_dept.environment", _("Pollution"), 4, "污染 焚烧垃圾 臭味"),
    _sort("other_dept.food", _("Food safety"), 4, "食品安全 食品问题"),
    _sort("other_dept.consumer", _("Consumer dispute"), 4, "消费纠纷 退款 不退钱 假货", dispute=True),
    _sort("other_dept.health", _("Medical matter"), 3, "医疗纠纷 医患", dispute=True),
    _sort("other_dept.welfare", _("Person without shelter"), 3, "流浪 乞讨 露宿"),
    _sort("other_dept.power", _("Power cut"), 4, "停电 断电"),
    _sort("help.neighbours", _("Neighbour dispute"), 3, "邻里纠纷 邻居吵架 楼上漏水 邻居", dispute=True),
    _sort("help.family", _("Family dispute"), 3, "家庭纠纷 夫妻吵架 吵架", dispute=True),
    _sort("help.property", _("Dispute with the estate office"), 4, "物业纠纷 物业", dispute=True),
    _sort("help.debt", _("Money dispute"), 4, "债务纠纷 欠钱 要债", dispute=True),
    _sort("assist.traffic", _("Help with traffic"), 4, "协助交通 护送"),
    _sort("assist.order", _("Help with order"), 3, "协助维持秩序 维持秩序"),
    _sort("assist.case", _("Help for a case"), 3, "协助办案 协查"),
    _sort("crowd_safety.crowding", _("Crowd safety"), 2, "人群聚集 拥挤 踩踏"),
    _sort("disaster.work_accident", _("Accident at work"), 1, "生产事故 工地事故 坍塌"),
    _sort("disaster.dangerous_goods", _("Dangerous goods"), 1, "危险品泄漏 化学品泄漏 爆炸"),
    _sort("disaster.food_poisoning", _("Food poisoning"), 2, "食物中毒"),
    _sort("disaster.natural", _("Flood, storm or landslide"), 1, "洪水 山体滑坡 内涝 塌方"),
    _sort("tip.tip", _("Tip"), 3, "举报 线索"),
    _sort("complaint.police", _("Complaint about police"), 3, "投诉民警 投诉警察 警察态度"),
    _sort("complaint.supervision", _("Request for supervision"), 4, "监督 督办"),
    _sort("other.other", _("Other call"), 3, "其他 其它 求助 咨询"),
)
SUBKINDS: dict[str, Subkind] = {sort.name: sort for sort in _SORTS}


def group_of_foreign(code: str) -> str:
    """Our group for a foreign six-digit code; the rest of the code is dropped."""
    return FOREIGN.get(code[:2], "other")
