"""Run a town: database, pages, jobs, sealing; the first time with a link for its administrators."""

import argparse

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--tls", action="store_true", help="serve over HTTPS, with a certificate of our own making if none is set"
    )


def run(options: argparse.Namespace) -> int:
    from shouwang.config import demonstrating
    from shouwang.config.running import address, town_here

    town = town_here(tls=options.tls)
    try:
        town.prepare()
        demonstrating.refuse_demo(town.environment)
        town.run_command("upgrade", role="owner")
        town.run_command("first-link", address(town.environment), role="web")
        return town.serve()
    finally:
        town.close()
