"""What the front says by itself, in both languages, before any page could be asked: a page to a browser, a piece of
one to a part of a page, lines of text to everybody else.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from shouwang.config.front import limits
from shouwang.config.headers import HEADERS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
PAGE = Template(Path(__file__).with_name("answer.tpl").read_text("utf-8"))


@dataclass(frozen=True)
class Says:
    """What happened, why, and what to do next."""

    head: str
    why: str
    remedy: str
    english: str


AGAIN = "按浏览器的返回键，回到刚才那一页，您写的都还在。"
SAYS = {
    403: Says("此处不对外开放", "这个地址只给本机查看。", "请回到首页。", "Not open from here."),
    404: Says("没有这个页面", "地址可能抄错了，或者这一页已经不在了。", "请回到首页。", "There is no such page."),
    408: Says(
        "发送得太慢，没有收全", "网络断断续续，什么也没有提交。", f"{AGAIN}换到网络好些的地方再发一次。",
        "Sent too slowly; nothing was handed in. Go back and try again where the network is better.",
    ),
    413: Says(
        "发来的内容太大，没有收下", "一次最多 {limit}，照片和附件加在一起算。什么也没有提交。",
        f"{AGAIN}少选几张照片，或换小一些的，再发一次。",
        "Too large: at most {limit} at once, and nothing was handed in. Go back and choose fewer or smaller files.",
    ),
    431: Says("请求头太长", "浏览器发来的请求头太多。", "请清除本站的 Cookie 再试。", "The headers are too long."),
    502: Says(
        "没有得到完整的回答", "系统内部中断了，不知道刚才的操作有没有完成。", "请先看一看结果，再决定要不要再做一次。",
        "No complete answer; please look whether it was done before you try again.",
    ),
    503: Says(
        "服务正忙", "同时来的人太多，这次没有处理。", "请过几秒再试。紧急情况请拨打 110。",
        "Busy; please try again in a few seconds.",
    ),
}  # fmt: skip


async def answer(send: Send, status: int, scope: Scope | None = None, **given: str) -> None:
    await start(send, status, scope, **given)
    await send({"type": "http.response.body", "body": b""})


async def start(send: Send, status: int, scope: Scope | None = None, **given: str) -> None:
    """Everything but the end of the answer."""
    kind, body = written(status, dict(scope["headers"]) if scope else {}, given)
    headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Length": str(len(body)), **HEADERS}
    if status == 503:
        headers["Retry-After"] = str(limits.RETRY_AFTER_S)
    if status in (408, 413):
        headers["Connection"] = "close"
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": body, "more_body": True})


def written(status: int, asked: dict[bytes, bytes], given: dict[str, str]) -> tuple[str, bytes]:
    """(content type, body) in the form that whoever asks can show."""
    says = {name: text.format(**given) for name, text in vars(SAYS[status]).items()}
    in_chinese = f"{says['head']}。{says['why']}{says['remedy']}"
    if b"hx-request" in asked:
        return "text/html", f'<p class="sw-problem" role="alert">{in_chinese}</p>'.encode()
    if b"text/html" not in asked.get(b"accept", b""):
        return "text/plain", f"{in_chinese}\n{says['english']}\n".encode()
    theme = "dark" if b"theme=dark" in asked.get(b"cookie", b"") else "light"
    return "text/html", PAGE.substitute(says, theme=theme).encode()


async def send_whole(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})
    await send({"type": "http.response.body", "body": body})


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def size_in_words(n_bytes: int) -> str:
    return f"{n_bytes // (1024 * 1024)} MB" if n_bytes >= 1024 * 1024 else f"{n_bytes // 1024} KB"
