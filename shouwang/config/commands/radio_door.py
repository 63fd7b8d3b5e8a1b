"""Keep the line to the radio gateway (started with the town when SHOUWANG_RADIO_GATEWAY is set)."""

import argparse
import asyncio
import contextlib
import signal

ROLE = "web"
HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gateway", required=True, metavar="HOST:PORT")


def run(options: argparse.Namespace) -> None:
    host, _, port = options.gateway.rpartition(":")
    if not host or not port.isdigit():
        raise SystemExit("SHOUWANG_RADIO_GATEWAY must be host:port.")
    asyncio.run(talk(host, int(port)))


async def talk(host: str, port: int) -> None:
    from shouwang.connections.radio.door import Door

    talking = asyncio.create_task(Door(host, port).run())
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, talking.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await talking
