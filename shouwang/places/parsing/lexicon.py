"""The words of addresses: what streets, villages, zones and places end with, what stands beside them, what is noise."""

from __future__ import annotations

import re

HAN = "\u4e00-\u9fff"
NUMERAL = "零〇一二三四五六七八九十百两廿"


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STREET_ENDS = words(
    """
    大道 大街 公路 马路 国道 省道 县道 胡同 步行街 老街 新街 高速 环路 环线 路 街 巷 道 弄 线 堤 村民小组 小组 组
    """
)
STREET_SECTION = re.compile(
    r"(?:[东西南北中前后]{1,2}|[东西南北]?[一二三四五六七八九十]{1,2}|[0-9]{1,2})[路街巷道弄段]"
)
NUMBERED_STREET = re.compile(r"[0-9]{1,3}号?(?:国道|省道|县道|大街|大道|路|街)")
VILLAGE_ENDS = words(
    """
    社区居委会 社区 居民委员会 村民委员会 村委会 居委会 行政村 自然村 村
    """
)
ZONE_ENDS = words(
    """
    经济技术开发区 高新技术产业开发区 经济开发区 高新技术开发区 高新技术产业园区 旅游度假区 开发区 高新区 保税区
    度假区 新区
    """
)
ESTATE_ENDS = words(
    """
    花园 小区 家园 公寓 花苑 新村 新苑 嘉苑 佳苑 名苑 雅苑 景苑 山庄 别墅 华庭 名都 华府 豪庭 名邸 名城 家苑 嘉园
    佳园 新城 华城 花城 锦园 雅居 豪园 公馆 苑 园 府 庭 邸 居 湾 轩 阁 墅 里 坊
    """
)
PLACE_ENDS = words(
    """
    股份有限公司 有限责任公司 有限公司 分公司 总公司 公司 集团 大厦 广场 工业园区 工业园 工业区 产业园 科技园 科创园
    创意园 创业园 软件园 物流园 园区 功能区 市场 商城 商场 商厦 超市 百货 酒店 宾馆 饭店 旅馆 饭馆 餐厅 茶楼 医院
    卫生院 卫生室 门诊部 诊所 药店 药房 大学 学院 中学 小学 学校 幼儿园 校区 中心 银行 支行 分行 网点 营业厅 营业部
    服务部 门市部 派出所 法院 政府 管委会 办事处 居委会 村委会 车站 客运站 加油站 服务站 收费站 地铁站 公交站 火车站
    码头 机场 公园 景区 寺 教堂 礼堂 大楼 商务楼 写字楼 综合楼 办公楼 宿舍 宿舍楼 门市 专卖店 旗舰店 便利店 直营店
    店 厂 厂区 厂房 仓库 基地 总部 大院 小商品城 轻纺城 家具城 城 楼 馆 所 院 站 局 部 社 行 吧 网吧 会所 庄 场 塘
    桥 村 一区 二区 三区 四区 五区 六区 期
    """
)
ENDING_FOLLOWS = re.compile(
    rf"[东西南北中大新老]{{0,2}}[一二三四五六七八九十]?(?:{'|'.join([*STREET_ENDS, '街道', '桥'])})"
    rf"|(?:[东西南北]|[一二三四五六七八九十])区|(?:{'|'.join([*ESTATE_ENDS, *PLACE_ENDS])})"
)  # after a name that could be a division's: it is a street's or a place's then
AFTER_PLACE = re.compile(
    r"(?:[东西南北中前后]|[a-z]|[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:区块|区|期|苑|园|村|组团|块|楼)"
    r"|[东西南北]{1,2}[大侧]?门|[东西南北]楼|[主副辅]楼|裙楼"
)

BESIDE = re.compile(
    r"正对面|斜对面|斜对过|对面|对过|隔壁|旁边|附近|后面|前面|里面|外面|边上|路边|楼下|楼上|门口|门前|路口|交叉路口|交叉口|交汇处"
    r"|交界处|交汇口|交界口|十字路口|院内|[东西南北]{1,2}(?:侧|面|边)|以[东西南北]|转角处?|[东西南北]?[往向]?[东西南北]?[0-9]+米"
    r"|村口|口|旁|内(?!蒙)|与(?=.)"
)
NOISE = re.compile(
    r"[\s\-_/\\.,，。、;；:：|*~+=()（）\[\]【】<>《》\"'“”!！?？#]+|null|电联|市辖区|丰巢|商铺|店面|送货上门|自提"
)
ADMIN_INSIDE = re.compile(r"(?:街道|开发区|[省市县镇乡])(?=.{2})|区(?=.{2}[^路街巷道])")

DIGITS = r"(?:[0-9]+|[一二三四五六七八九十百零〇两]{1,5})"
_PLAIN = rf"(?:[a-z]{{0,2}}{DIGITS}[a-z]?|[a-z])"
NUMBERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("appended", re.compile(rf"{DIGITS}号附{DIGITS}号?")),
    ("range", re.compile(r"[0-9]+[a-z]?(?:[\-~、—–之至][0-9]+[a-z]?)+[号弄](?![楼库线路])")),
    ("number", re.compile(rf"(?:[a-z]?{DIGITS}[a-z]?)号(?![楼院库线路]|大[街道])")),
    ("yard", re.compile(rf"{DIGITS}号院")),
    ("house", re.compile(rf"{_PLAIN}(?:#楼?|号楼|[幢栋撞懂憧座排])")),
    ("unit", re.compile(rf"{_PLAIN}(?:单元|号?门(?![诊口市]))")),
    ("floor", re.compile(r"(?:负|地下)?(?:[0-9]+|[一二三四五六七八九十]{1,3})(?:[层楼]|f(?![a-z0-9]))")),
    ("room", re.compile(rf"{_PLAIN}(?:室|房(?!产)|户)")),
    ("lane", re.compile(rf"{DIGITS}支?弄")),
    ("group", re.compile(rf"(?:第)?{DIGITS}(?:村民小组|小组|组)(?!团)")),
    ("bare", re.compile(r"[a-z]{0,2}[0-9]+[a-z]{0,2}(?![0-9])|[零〇一二三四五六七八九]{3,4}(?![路街])")),
)  # fmt: skip
