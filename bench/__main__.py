"""Runs every script of this folder and writes docs/reference/benchmarks.md: what each printed, and on what machine.

make bench            or one of them:  .venv/bin/python -m bench.journal
"""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "reference" / "benchmarks.md"
LONGEST_S = 1800


def main() -> int:
    parts, failed = [], []
    for script in sorted(path for path in HERE.glob("[a-z]*.py")):
        print(f"{script.stem} …", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{script.stem}"],
            cwd=HERE.parent,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
        )
        if done.returncode != 0:
            failed.append(script.stem)
            print(done.stderr, file=sys.stderr)
        print(done.stdout)
        parts.append(f"## {script.stem}\n\n{purpose(script)}\n\n{shown(done.stdout.rstrip())}\n")
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join([head(), *parts]), encoding="utf-8")
    print(f"{PAGE.relative_to(HERE.parent)} is written.")
    return 1 if failed else 0


def head() -> str:
    return (
        "# Benchmarks\n\nMade by `make bench`. Figures of one machine, with the load generator on the same cores.\n\n"
        f"{datetime.now(UTC):%d %B %Y} · {os.cpu_count()} cores · {_memory_gib()} GiB · {platform.system()}"
        f" {platform.release()} · Python {platform.python_version()}\n"
    )


def shown(text: str) -> str:
    """Tables as they are, anything else as it was printed."""
    return text if any(line.startswith("|") for line in text.splitlines()) else f"```\n{text}\n```"


def purpose(script: Path) -> str:
    """The first line of the script's docstring."""
    import ast

    return (ast.get_docstring(ast.parse(script.read_text())) or "").partition("\n")[0]


def _memory_gib() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30


if __name__ == "__main__":
    sys.exit(main())
