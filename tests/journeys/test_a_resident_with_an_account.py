"""Level two: a resident opens an account, files, follows and withdraws with it, and comes back in after a loss."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import CHROMIUM, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
NUMBER, NEW_NUMBER = "13900008431", "13900008432"
PASSWORD, SECOND = "河埠头的石阶一共有九级", "第二座桥边有三棵老樟树"
PHONE = {"width": 390, "height": 844}
WORDS = "对面工地夜里两点还在打桩，已经三天了。"


def newest_code(town, number, not_these):
    """The code of the newest message to that number."""

    def found():
        codes = [re.search(r"(?<!\d)\d{6}(?!\d)", text) for text in town.sent_to(number)]
        fresh = [one.group() for one in codes if one and one.group() not in not_these]
        return fresh[-1] if fresh else None

    code = until(found)
    not_these.add(code)
    return code


def prove(page, town, number, used):
    """Contact and code, as the three doors ask for them."""
    page.get_by_label("您的手机号或邮箱").fill(number)
    page.get_by_role("button", name="发我验证码").click()
    page.get_by_label("短信里的验证码").fill(newest_code(town, number, used))
    page.get_by_role("button", name="继续").click()


def file_a_report(page, town):
    page.goto(f"{town.address}/report/")
    page.get_by_label("不是，已经过去了或可以等").check()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("在哪儿？").fill("桥西路12号")
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="继续").click()  # the first of the places that were found
    page.get_by_label("发生了什么？").fill(WORDS)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="继续").click()  # the number of the account
    page.get_by_role("button", name="交上去").click()
    return page.locator("#receipt-code").inner_text()


def stands_in_the_list(page, town):
    """My matters, once the report was taken in."""

    def there():
        page.goto(f"{town.address}/account/")
        return page.locator(".rows a").filter(has_text="桥西路12号").count()

    until(there)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_resident_files_follows_withdraws_loses_the_password_and_leaves(own_town, browser, scripts):
    number = NUMBER if scripts else NEW_NUMBER
    used: set[str] = set()
    page = browser.somebody("resident", viewport=PHONE, java_script_enabled=scripts)
    page.goto(f"{own_town.address}/account/new/")
    prove(page, own_town, number, used)
    page.get_by_label("怎么称呼您？").fill("王女士")
    page.get_by_label("设一个密码").fill(PASSWORD)
    page.get_by_role("button", name="开账号").click()
    codes = page.locator(".codes code").all_inner_texts()
    page.get_by_role("link", name="已经收好").click()
    expect(page.get_by_text("您登录后反映的事，都列在这里")).to_be_visible()

    file_a_report(page, own_town)
    stands_in_the_list(page, own_town)
    page.locator(".rows a").first.click()
    expect(page.get_by_text("还没有人看过您的电话和姓名")).to_be_visible()
    page.get_by_label("补充一点").fill("现在停了，过一会儿又会开始。")
    page.get_by_role("button", name="补充", exact=True).click()
    page.get_by_role("link", name="撤回这次反映").click()
    page.get_by_role("button", name="撤回这次反映").click()
    ended = page.url
    until(lambda: page.goto(ended) and page.get_by_role("link", name="撤回这次反映").count() == 0)

    anew = browser.somebody("resident again", viewport=PHONE, java_script_enabled=scripts)
    anew.goto(f"{own_town.address}/account/lost/")
    prove(anew, own_town, number, used)
    anew.get_by_label("一个恢复码").fill(codes[0])
    anew.get_by_label("新密码").fill(SECOND)
    anew.get_by_role("button", name="找回登录").click()
    expect(anew.get_by_text("您又登录进来了，东西都还在")).to_be_visible()
    page.goto(f"{own_town.address}/account/")
    expect(page).to_have_url(re.compile("/account/in/"))  # the old browser is out
    stands_in_the_list(anew, own_town)

    anew.goto(f"{own_town.address}/account/delete/")
    anew.get_by_label("密码").fill(SECOND)
    anew.get_by_label("我要删除账号").check()
    anew.get_by_role("button", name="删除我的账号").click()
    expect(anew.get_by_text("这个账号打不开任何东西了")).to_be_visible()
    anew.goto(f"{own_town.address}/account/in/")
    anew.get_by_label("手机号或邮箱").fill(number)
    anew.get_by_label("密码", exact=True).fill(SECOND)
    anew.get_by_role("button", name="登录", exact=True).click()
    expect(anew.locator(".sw-summary")).to_be_visible()
    assert not [one for one in browser.complaints if "403" not in one and "422" not in one]


def test_a_passkey_opens_the_account_without_a_password(own_town, browser):
    """A virtual authenticator stands for the fingerprint."""
    used: set[str] = set()
    page = browser.somebody("resident", viewport=PHONE)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    address = own_town.address.replace("127.0.0.1", "localhost")
    page.goto(f"{address}/account/new/")
    prove(page, own_town, "13900008433", used)
    page.get_by_role("button", name="改用通行密钥").click()
    page.get_by_role("button", name="现在就设通行密钥").click()
    expect(page.get_by_text("通行密钥 ·")).to_be_visible()

    page.goto(f"{address}/account/")
    page.get_by_role("button", name="退出登录").click()
    page.goto(f"{address}/account/in/")
    page.get_by_role("button", name="用通行密钥").click()

    expect(page.get_by_text("您登录后反映的事，都列在这里")).to_be_visible()
