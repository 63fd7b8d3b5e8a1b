"""Stand in for the gateway of a 350 MHz trunking network: its radios walk about and report (--simulate N)."""

import argparse
import asyncio

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--simulate", type=int, required=True, metavar="N", help="at most N radios, of the ledger")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8895, help="port it listens on (8895)")
    parser.add_argument("--at", default="118.0,28.0", metavar="LON,LAT", help="where they begin")
    parser.add_argument("--every", type=float, default=30.0, metavar="S", help="seconds between two positions (30)")
    parser.add_argument("--seconds", type=float, default=600.0, help="how long (600)")


def run(options: argparse.Namespace) -> int:
    told = asyncio.run(serve(options))
    for what, count in sorted(told.items()):
        print(f"{count:7} {what}")
    return 0 if told else 1


async def serve(options: argparse.Namespace) -> dict[str, int]:
    from shouwang.connections.radio.simulator import Gateway

    lon, lat = (float(part) for part in options.at.split(","))
    async with Gateway(options.simulate, lon, lat, options.every, options.host, options.port) as gateway:
        print(f"Start the service with SHOUWANG_RADIO_GATEWAY={options.host}:{gateway.port}", flush=True)
        await asyncio.sleep(options.seconds)
    return gateway.told
