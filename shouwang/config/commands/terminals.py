"""Serve JT/T 808 terminals on TCP (started with the town when SHOUWANG_JT808_PORT is set)."""

import argparse
import asyncio
import gc
import signal

ROLE = "web"
HIDDEN = True


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7808)


def run(options: argparse.Namespace) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(options.host, options.port))


async def serve(host: str, port: int) -> None:
    from shouwang.connections.jt808.server import Server

    gc.freeze()  # what is there now stays: looking through it again and again cost a third of the time
    gc.set_threshold(50_000, 20, 100)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Server(host, port):
        await stop.wait()
