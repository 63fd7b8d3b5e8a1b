"""Names of streets, estates, villages and shops of a made town: small tables of our own. No real town's, nobody's."""

from __future__ import annotations

import random

FIRST = "文学书东南西北中新建和平安永兴丰春秋明德仁义青云临江清泉松柏竹梅桂兰石桥林山湖海阳光福禄瑞祥锦绣华凤鹤"
SECOND = "昌兴盛安宁和顺庆乐康泰源泉河溪塘湾桥门坊园院堂亭台岗坪洲渡口井苑庙祠市仓营祥云霞峰岭林圃"
ESTATE_ENDINGS = ("花园", "小区", "苑", "家园", "新村", "华庭", "雅居", "名邸", "里", "公馆")
HAMLET_ENDINGS = ("冲", "湾", "塘", "垅", "坪", "院子", "屋场")
CLANS = "李王张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
SHOP_WORDS = ("福满", "顺意", "老街", "邻家", "好再来", "金穗", "大众", "康民", "小城", "晨光", "百家", "如意", "桂香")
SHOP_KINDS = (
    "便利店", "药店", "理发店", "面馆", "早点铺", "五金店", "水果店", "文具店", "修车铺", "服装店", "粮油店", "洗衣店",
)  # fmt: skip
STATIONS = (
    "文昌",
    "南塘",
    "水口",
    "东门",
    "北门",
    "城西",
    "临溪",
    "石塘",
    "松岗",
    "柏林",
    "云溪",
    "鹤坪",
    "兰江",
    "桂塘",
)


class Names:
    """Deals out names, each one once."""

    def __init__(self, draw: random.Random, taken: set[str]) -> None:
        self._taken = set(taken)
        self._draw = draw
        pairs = [a + b for a in FIRST for b in SECOND if a != b]
        draw.shuffle(pairs)
        self._roots = (before + pair for before in ("", "东", "西", "南", "北", "上", "下") for pair in pairs)

    def take(self, ending: str) -> str:
        """A fresh name with this ending."""
        for root in self._roots:
            if root not in self._taken and root + ending not in self._taken:
                return root + ending
        raise ValueError("the tables hold too few names for a town of this size")

    def estate(self) -> str:
        return self.take(self._draw.choice(ESTATE_ENDINGS))

    def shop(self) -> str:
        return self._draw.choice(SHOP_WORDS) + self._draw.choice(SHOP_KINDS)

    def hamlet(self) -> str:
        return self._draw.choice(CLANS) + "家" + self._draw.choice(HAMLET_ENDINGS)
