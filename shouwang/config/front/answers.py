"""What the front says by itself, in both languages, before any page could be asked."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from shouwang.config.front import limits
from shouwang.config.headers import HEADERS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SAYS = {
    403: "此处不对外开放。\nNot open from here.\n",
    404: "没有这个页面。\nThere is no such page.\n",
    408: "发送得太慢，请在网络好些的地方再试。\nSent too slowly; please try again where the network is better.\n",
    413: "内容太大，最多 {limit}。请减小后再试。\nToo large: at most {limit}. Please make it smaller.\n",
    431: "请求头太长。\nThe request's headers are too long.\n",
    502: "没有得到完整的回答，请再试一次。\nNo complete answer; please try again.\n",
    503: "服务正忙，请过几秒再试。紧急情况请拨打 110。\n"
    "Busy; please try again in a few seconds. In an emergency call 110.\n",
}


async def answer(send: Send, status: int, **given: str) -> None:
    body = SAYS[status].format(**given).encode()
    headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(body)), **HEADERS}
    if status == 503:
        headers["Retry-After"] = str(limits.RETRY_AFTER_S)
    if status in (408, 413):
        headers["Connection"] = "close"
    await send_whole(send, status, headers, body)


async def send_whole(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def size_in_words(n_bytes: int) -> str:
    return f"{n_bytes // (1024 * 1024)} MB" if n_bytes >= 1024 * 1024 else f"{n_bytes // 1024} KB"
