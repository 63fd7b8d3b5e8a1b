"""Put a backup back into a folder and a database where there is no town yet, and check it."""

import argparse
from pathlib import Path

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file written by `backup`")


def run(options: argparse.Namespace) -> None:
    import tempfile

    from shouwang.config import restoring
    from shouwang.config.command_line import running_database
    from shouwang.config.environment import current
    from shouwang.config.running import Town

    environment = current()
    environment.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=environment.var) as folder:
        print("Checking …")
        unpacked = restoring.unpack(options.file, Path(folder))
        restoring.put_back_files(unpacked, environment)
        with running_database(environment):
            print("Rows …")
            restoring.put_back_rows(unpacked, environment)
            town = Town(environment)
            town.run_command("upgrade", role="owner")
            town.run_command("seal", "--republish", role="seal")
    print("Restored. `bin/shouwang verify-journal` checks the journal.")
