"""Read JT/T 808 frames (--decode), or stand in for terminals (--simulate N)."""

import argparse
import asyncio
import json
import sys

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--decode", action="store_true", help="a frame in hexadecimal a line in, a line of JSON out")
    what.add_argument("--simulate", type=int, metavar="N", help="N terminals that register, report and walk about")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7808)
    parser.add_argument("--number", default="13900000001", help="number of the first; the others count on from it")
    parser.add_argument("--at", default="118.0,28.0", metavar="LON,LAT", help="where they begin")
    parser.add_argument("--every", type=float, default=10.0, metavar="S", help="seconds between two positions (10)")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (60)")
    parser.add_argument("--v2019", action="store_true", help="speak the version of 2019 (else 2013)")


def run(options: argparse.Namespace) -> int:
    return decode() if options.decode else simulate(options)


def decode() -> int:
    from shouwang.connections.jt808.reading import decode_line

    for line in sys.stdin:
        if line.strip():
            print(json.dumps(decode_line(line), ensure_ascii=False))
    return 0


def simulate(options: argparse.Namespace) -> int:
    from shouwang.connections.jt808.simulator import Terminal, walk

    lon, lat = (float(part) for part in options.at.split(","))
    version = 1 if options.v2019 else None
    first = int(options.number)
    terminals = [Terminal(str(first + n), lon, lat, version) for n in range(options.simulate)]
    told = asyncio.run(walk(terminals, options.host, options.port, every_s=options.every, seconds=options.seconds))
    for what, count in sorted(told.items()):
        print(f"{count:7} {what}")
    return 0 if told else 1
