"""Check a signed export of a matter, offline: signature, every file, every proof; names the first bad file."""

import argparse
from pathlib import Path

ROLE = None  # neither pages nor database


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the export (ZIP)")
    parser.add_argument(
        "--key", required=True, metavar="KEY",
        help="published key name+hash+key, or a file that holds some, as /transparency/export-keys gives it",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    from shouwang.journal.verify_proof import Refused
    from shouwang.oversight.verify_export import check_export

    try:
        lines = (options.key if "+" in options.key else Path(options.key).read_text()).split()
        manifest = check_export(options.file, lines)
    except OSError as problem:
        print(f"Not checked: {problem}")
        return 2
    except Refused as problem:
        print(f"This export does not hold. {problem}.")
        return 1
    proofs = sum(name.startswith("proofs/") for name in manifest["files"])
    print(
        f"This export holds: matter {manifest['reference']}, {len(manifest['files'])} files, {proofs} entries proved."
    )
    if manifest["without_proof_yet"]:
        print(f"Too young for a proof when it was made: {len(manifest['without_proof_yet'])} entries.")
    return 0
