"""Serve the pages of some faces: by default on their socket behind the public port."""

import argparse

DATABASE = False


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", help="address:port, or unix:PATH; default: the socket that the public port asks")


def run(options: argparse.Namespace) -> None:
    from shouwang.config.environment import current
    from shouwang.config.pages import serve

    serve(current(), bind=options.bind)
