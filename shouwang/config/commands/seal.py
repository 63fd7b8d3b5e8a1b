"""Number and sign the journal's entries as they are committed (one process per town)."""

import argparse

ROLE = "seal"
HIDDEN = True
DATABASE = False


def run(options: argparse.Namespace) -> None:
    import signal
    import threading

    from django.conf import settings

    from shouwang.core.clock import now
    from shouwang.journal.sealing import seal_until

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    seal_until(stopped.is_set, now, f"{settings.SCHEMA}_live")
