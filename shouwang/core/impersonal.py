"""Text that is of a place, a time or a method, and never of a person (S-CMD-014, S-CMD-015, ETH-01, ETH-05, ETH-07).

What can be read out of a line of text is refused with what to write instead: numbers that lead to somebody, somebody
named or described, and groups that nobody is watched for. It asks no register: a name looked up would be a look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import half_width, mask_number
from shouwang.core.problem import Problem

_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_SPELT = re.compile("[零〇一幺二三四五六七八九]{11,}")
_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_NUMBERS = tuple(
    re.compile(one)
    for one in (
        r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])",  # identity card
        r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)",  # mobile
        r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)",  # landline with its area
        r"(?<!\d)(?:\d{16,19}|\d{4}(?: \d{4}){3})(?!\d)",  # bank card
        rf"[{_PROVINCES}][A-Z][·• ]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])",  # number plate
        r"(?:微信|QQ|qq|抖音|快手)号?(?:[:：是为 ])*[A-Za-z0-9_-]{5,}",  # account
    )
)
# The hundred most frequent surnames (Ministry of Public Security, 2020) and the double ones
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_FAMILY = rf"(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])"
_PERSONS = tuple(
    re.compile(one)
    for one in (
        r"(?:姓名|名叫|名为|化名|绰号|外号|真名)[:： ]?[一-鿿]{2,4}",
        rf"{_FAMILY}某{{1,2}}",
        rf"{_FAMILY}[一-鿿]{{0,2}}(?:先生|女士|小姐|师傅|大爷|大妈|阿姨)",
        rf"(?<![一-鿿]){_FAMILY}[一-鿿]{{1,2}}(?=涉嫌|等人|家住|一伙|[（(][男女])",
        r"[男女](?:子|性)?[，,、 (（]*(?:约|年约)?\d{1,3}岁",
        r"(?:犯罪)?嫌疑人|前科人员|涉毒人员|吸毒人员|刑满释放人员|社区矫正对象|在逃人员|重点人(?:员|口)?|精神病人",
        r"\b(?:Mr|Mrs|Ms|Miss)\.? [A-Z][a-z]+|\b[Ss]uspects?\b",
    )
)
_GROUPS = tuple(
    re.compile(one)
    for one in (
        r"上访|信访(?:人|户|对象)|访民|请愿|维权(?:人|者|群|代表)|记者|律师",
        rf"(?:[{_PROVINCES}]|[一-鿿]{{2}})籍(?:人|男|女|流动|青年|务工)|少数(?:民)族|(?:维吾尔|哈萨克|蒙古|藏|回|苗|壮|彝)族",
        r"教徒|信众|信教",
    )
)


class NumberOfSomebody(Problem):
    code, status = "impersonal.number", 400
    says = _("“{found}” leads to a person. Leave it out: only the place, the time and the method belong here.")


class AboutSomebody(Problem):
    code, status = "impersonal.person", 400
    says = _(
        "“{found}” speaks of a person. Write where, when and how instead; what concerns one person is a call or a case."
    )


class AboutAGroup(Problem):
    code, status = "impersonal.group", 400
    says = _("“{found}” speaks of a group of people. Nobody is watched for what he is; write where, when and how.")


def refuse_persons(said: Mapping[str, str]) -> None:
    """Check every field of a form: name → text. Raises NumberOfSomebody, AboutSomebody, AboutAGroup with the field."""
    for field, text in said.items():
        plain = half_width(text, punctuation=False)
        plain = _SPELT.sub(lambda match: match.group().translate(_DIGITS), plain)
        for patterns, problem in ((_NUMBERS, NumberOfSomebody), (_PERSONS, AboutSomebody), (_GROUPS, AboutAGroup)):
            match = next(filter(None, (one.search(plain) for one in patterns)), None)
            if match:
                said_of = match.group()
                raise problem(field=field, found=mask_number(said_of) if problem is NumberOfSomebody else said_of)
