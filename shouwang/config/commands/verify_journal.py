"""Check the journal: every entry, leaf, head and published tile; or one proof, or an export."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouwang.journal.verify import Report

ROLE = None  # a plain connection as role `read`: nothing of the application takes part


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--proof", type=Path, metavar="FILE", help="check one proof, offline")
    parser.add_argument("--key", metavar="KEY", help="verification key name+hash+key, or a file that holds it")
    parser.add_argument("--checkpoint", type=Path, metavar="FILE", help="with --proof: the checkpoint it must end in")
    parser.add_argument("--folder", type=Path, metavar="FOLDER", help="check an export instead of the database")
    parser.add_argument("--export", type=Path, metavar="FOLDER", help="write what is checked into a new folder")
    parser.add_argument(
        "--remember",
        type=Path,
        metavar="FILE",
        help="the checkpoint seen last time; read, and renewed when all is well",
    )


def run(options: argparse.Namespace) -> int:
    from shouwang.config.environment import current
    from shouwang.journal.verify_proof import Refused

    published = options.folder / "transparency" if options.folder else current().var / "transparency"
    try:
        key = _key(options.key, published)
        if options.proof:
            return _check_proof(options, key)
        return _check_journal(options, key, published)
    except (Refused, OSError) as problem:
        print(f"Not checked: {problem}")
        return 2


def _check_proof(options: argparse.Namespace, key: str) -> int:
    from shouwang.journal.verify_proof import Refused, check_proof, read_proof

    proof = read_proof(options.proof.read_text())
    try:
        says = check_proof(proof, key)
        if options.checkpoint and options.checkpoint.read_text() != proof["checkpoint"]:
            raise Refused("it ends in another checkpoint than the one given")
    except Refused as problem:
        print(f"This proof does not hold: {problem}.")
        return 1
    print(f"This proof holds: {says}")
    return 0


def _check_journal(options: argparse.Namespace, key: str, published: Path) -> int:
    import psycopg

    from shouwang.config.command_line import running_database
    from shouwang.config.database import place
    from shouwang.config.environment import current
    from shouwang.core.clock import now
    from shouwang.journal.verify import check_journal
    from shouwang.journal.verify_source import Database, Export, export

    seen = options.remember.read_text() if options.remember and options.remember.exists() else None
    if options.folder:
        return _say(check_journal(Export(options.folder), key, now(), seen), options.remember)
    with running_database(current()), psycopg.connect(**place.role_parameters(current(), "read")) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        source = Database(connection, published)
        report = check_journal(source, key, now(), seen)
        if options.export:
            export(source, options.export)
    return _say(report, options.remember)


def _say(report: "Report", remember: Path | None) -> int:
    print(f"Entries: {report.leaves}, heads: {report.heads}, particulars erased: {report.erased}.")
    if report.first:
        print(f"First fault: {report.first}")
        for fault in report.faults:
            if fault != report.first:
                print(f"       also: {fault}")
        return 1
    print("Everything agrees.")
    if remember and report.checkpoint:
        remember.write_text(report.checkpoint)
    return 0


def _key(given: str | None, published: Path) -> str:
    if given and "+" in given:
        return given.strip()
    path = Path(given) if given else published / "key"
    return path.read_text().strip()
