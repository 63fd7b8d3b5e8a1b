"""Run a town: database, pages, jobs, sealing; the first time with a link for its administrators."""

import argparse

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tls", action="store_true", help="serve over HTTPS with a certificate of our own making")


def run(options: argparse.Namespace) -> int:
    from shouwang.config.environment import current
    from shouwang.config.running import Town

    town = Town(current())
    try:
        town.prepare()
        town.run_command("upgrade", role="owner")
        return town.serve()
    finally:
        town.close()
