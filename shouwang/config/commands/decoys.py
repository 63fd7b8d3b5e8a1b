"""Plant records of nobody among the residents: they are in no count, and opening one is put before a hearing."""

import argparse

ROLE = "jobs"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--plant", type=int, default=0, metavar="N", help="how many to plant")


def run(options: argparse.Namespace) -> None:
    from shouwang.core.actor import Actor
    from shouwang.core.clock import now
    from shouwang.registry.decoys import plant_decoys
    from shouwang.registry.models import Decoy

    if options.plant:
        print(f"{plant_decoys(options.plant, by=Actor.system(), at=now())} planted")
    print(f"{Decoy.objects.count()} planted records are there; each ends after half a year")
