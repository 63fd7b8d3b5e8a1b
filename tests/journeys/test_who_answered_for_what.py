"""A serious case is reviewed in a browser: opened, told, answered, found, closed; and its report checks without us."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Browser, Town

CASE = """
import datetime as dt
from shouwang.core import clock
from shouwang.demo.world import load_world
from shouwang.matters.intake import open_matter
world = load_world()
point = (111.42, 27.69)
print(open_matter(kind="advice", by=world.shen, at=clock.now() - dt.timedelta(hours=2), point=point,
                  place_text="桥西路12号", gist="井盖缺失致人受伤").reference)
"""


@pytest.mark.item("S-SUP-006")
def test_an_inspector_reviews_and_whoever_was_responsible_answers_first(
    own_town: Town, browser: Browser, tmp_path: Path
) -> None:
    reference = own_town.run_python(CASE).splitlines()[-1]
    gu, shen = browser.member(own_town, "顾衡"), browser.member(own_town, "沈知行")
    gu.goto(f"{own_town.address}/desk/lookback/reviews/")
    gu.get_by_role("link", name="启动责任倒查").click()
    gu.get_by_label("事项编号").fill(reference)
    gu.get_by_label("重大案事件复盘").check()
    gu.get_by_label("理由").fill("井盖伤人逐级倒查")
    gu.get_by_role("button", name="启动并告知相关人员").click()
    expect(gu.locator(".lb-line").get_by_text("开始时的责任岗位：沈知行")).to_be_visible()
    expect(gu.locator(".lb-line .lb-gap")).to_be_visible()

    gu.get_by_label("哪个岗位").select_option(label="沈知行（社区民警 · 桥西社区）")
    gu.get_by_label("认定", exact=True).select_option(label="装备、网络或系统故障")
    gu.get_by_label("依据哪条记录").select_option(index=1)
    gu.get_by_label("依据哪条规则").select_option(index=1)
    gu.get_by_label("理由").fill("当日终端离线，无法转派。")
    gu.get_by_role("button", name="写下并征求意见").click()
    gu.get_by_label("改进措施").fill("终端离线时改用电话转派。")
    gu.get_by_role("button", name="结束倒查").click()
    expect(gu.get_by_text("还有1人仍可申辩").first).to_be_visible()

    shen.goto(f"{own_town.address}/desk/lookback/told/")
    expect(shen.get_by_text("井盖伤人逐级倒查")).to_be_visible()
    shen.get_by_role("link", name="查看并申辩").click()
    expect(shen.get_by_text("当日终端离线，无法转派。")).to_be_visible()
    shen.get_by_label("从你的位置看，当时的情况").fill("终端离线后我打电话告知了市政。")
    shen.get_by_role("button", name="提交申辩").click()
    expect(shen.get_by_text("终端离线后我打电话告知了市政。")).to_be_visible()

    gu.get_by_role("link", name="责任倒查").first.click()
    gu.locator(".lb-card a").first.click()
    expect(gu.get_by_text("终端离线后我打电话告知了市政。")).to_be_visible()
    gu.get_by_label("改进措施").fill("终端离线时改用电话转派。")
    gu.get_by_role("button", name="结束倒查").click()
    with gu.expect_download() as made:
        gu.get_by_role("button", name="出具签名报告").click()
    made.value.save_as(tmp_path / "report.zip")
    keys = gu.request.get(f"{own_town.address}/transparency/export-keys").text()
    (tmp_path / "keys").write_text(keys)
    checked = own_town.command("verify-export", str(tmp_path / "report.zip"), "--key", str(tmp_path / "keys"))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert reference in checked.stdout
    assert [one for one in browser.complaints if "422" not in one] == []
