"""Investigation stays outside (S-CMD-011, S-CMD-030, ETH-14): what belongs into the case system is refused here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shouwang.core.chinese import half_width
from shouwang.core.impersonal import refuse_persons
from shouwang.core.problem import Problem

_INVESTIGATION = re.compile(
    r"侦查|侦办|侦控|技侦|网侦|经侦手段|布控|蹲守|跟踪(?!落实|问效|督办|反馈)|盯梢|抓捕|收网|审讯|讯问|询问笔录|口供|笔录|供述|线人|卧底"
    r"|监听|窃听|截听|轨迹|话单|基站|同案|案情|案卷|物证|指纹|DNA|辨认|通缉|追逃|涉案|落脚点|研判(?:报告|结果)"
    r"|\b(?:informant|interrogat\w*|wiretap\w*|stake-?out|surveillance)\b",
    re.IGNORECASE,
)


class Investigation(Problem):
    code, status = "joint_task.investigation", 400
    says = _(
        "“{found}” is of an investigation and belongs into the case system. Write who comes where and when, and give"
        " the reference of the case."
    )


def refuse_investigation(said: Mapping[str, str]) -> None:
    """Every field of a form: name → text. Raises Investigation with the field, and what refuse_persons raises"""
    for field, text in said.items():
        found = _INVESTIGATION.search(half_width(text, punctuation=False))
        if found:
            raise Investigation(field=field, found=found.group())
    refuse_persons(said)
