"""What speaks of a person is refused with a remedy; what speaks of a place, a time or a method goes through."""

from __future__ import annotations

import pytest

from shouwang.core.impersonal import AboutAGroup, AboutSomebody, NumberOfSomebody, refuse_persons

NUMBERS = (
    "证件 11010519491231002X", "证件 110105 19491231 002X", "电话13812345678", "电话 138 1234 5678",
    "一三八一二三四五六七八", "１３８１２３４５６７８", "0734-8212345", "卡号 6222021234567890123",
    "湘A12345 停在桥下", "粤B·D12345", "微信号：abc_12345",
)  # fmt: skip
PERSONS = (
    "姓名：张三", "留意李某某", "王女士家", "名叫小刀的人", "陈强等人在桥下", "男子，35岁", "嫌疑人常在此出现",
    "前科人员聚集", "重点人员动向", "watch Mr Zhang", "suspect seen here", "诸葛某",
)  # fmt: skip
GROUPS = ("上访户路过", "新疆籍人员", "维吾尔族商户", "注意记者", "信教群众聚会处教徒", "河南籍流动摊贩")
FINE = (
    "桥西路12号周边晚上多次发生盗窃电动车", "周末下午14:00-16:00 河埠市场人多", "20260310-20260324 加强巡逻",
    "冒充快递敲门的手法", "高层消防通道被占", "金店门口", "石桥北侧路灯不亮", "马路边摆摊占道", "用假二维码覆盖收款码",
    "方便群众办事", "打110", "以查水表为名进门", "江边护栏破损", "老人较多的小区", "共12345人次", "白天和黄昏",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        *((one, NumberOfSomebody) for one in NUMBERS),
        *((one, AboutSomebody) for one in PERSONS),
        *((one, AboutAGroup) for one in GROUPS),
    ],
)
def test_what_leads_to_somebody_is_refused_by_its_field(text, problem):
    with pytest.raises(problem) as refused:
        refuse_persons({"place_text": "桥西路12号", "gist": text})
    assert refused.value.field == "gist"


@pytest.mark.parametrize("text", FINE)
def test_a_place_a_time_and_a_method_go_through(text):
    refuse_persons({"gist": text})


def test_a_number_is_not_said_again():
    with pytest.raises(NumberOfSomebody) as refused:
        refuse_persons({"gist": "打 13812345678"})
    assert "1381234" not in refused.value.message
