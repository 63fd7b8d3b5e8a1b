"""Move the demo's crews along its streets (started by `demo`)."""

import argparse

ROLE = "web"
HIDDEN = True
DATABASE = False


def run(options: argparse.Namespace) -> int:
    import signal
    import threading

    from shouwang.config.environment import current
    from shouwang.config.running import address
    from shouwang.demo.driving import drive_until

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    drive_until(stopped, address(current()))
    return 0
