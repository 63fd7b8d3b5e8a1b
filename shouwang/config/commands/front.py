"""The public port alone (normally started by `start` or `demo`)."""

import argparse

HIDDEN = True
DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fd", type=int, help="a listening socket handed down by the parent process")


def run(options: argparse.Namespace) -> None:
    import socket

    from shouwang.config.environment import current
    from shouwang.config.front import serving

    listening = serving.listen(current()) if options.fd is None else socket.socket(fileno=options.fd)
    serving.serve(current(), listening)
