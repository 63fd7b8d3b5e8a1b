"""Number and sign the journal's entries as they are committed (one process per town)."""

import argparse

ROLE = "seal"
HIDDEN = True
DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--republish", action="store_true", help="write every published tile again, and end")


def run(options: argparse.Namespace) -> None:
    import signal
    import threading

    from shouwang.core.clock import now
    from shouwang.journal.sealing import republish, seal_until

    if options.republish:
        print(f"{republish()} leaves are published.")
        return
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    seal_until(stopped.is_set, now)
