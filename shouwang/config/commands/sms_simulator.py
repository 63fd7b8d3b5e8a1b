"""Stand in for an SMS gateway: take messages, show them on a page, report them as delivered."""

import argparse
import threading

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8890, help="port on this machine (8890)")
    parser.add_argument("--secret", default="simulator", help="the secret shared with the service (simulator)")
    parser.add_argument("--delay", type=float, default=2.0, help="seconds until a message is reported (2)")


def run(options: argparse.Namespace) -> None:
    from shouwang.connections.sms.simulator import Simulator

    simulator = Simulator(options.secret, options.port, options.delay)
    simulator.start()
    print(f"{simulator.url}/ shows what came. Start the service with")
    print(f"  SHOUWANG_SMS_URL={simulator.url} SHOUWANG_SMS_SECRET={options.secret}")
    threading.Event().wait()
