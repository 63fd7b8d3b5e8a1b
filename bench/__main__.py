"""Runs every script of this folder and writes docs/reference/benchmarks.md: what each printed, and on what machine.

make bench                              all
.venv/bin/python -m bench loop routing  these; the rest of the page stays
.venv/bin/python -m bench.journal       one, and nothing is written
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
HEAD = "# Benchmarks\n\nMade by `make bench`. Figures of one machine, with the load generator on the same cores.\n"


def main(wanted: list[str]) -> int:
    scripts = {path.stem: path for path in sorted(HERE.glob("[a-z]*.py"))}
    if unknown := set(wanted) - set(scripts):
        print(f"No such bench: {', '.join(sorted(unknown))}. There are: {', '.join(scripts)}.")
        return 2
    parts, failed = kept() if wanted else {}, []
    for name in wanted or scripts:
        print(f"{name} …", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, capture_output=True, text=True, timeout=LONGEST_S
        )
        print(done.stdout)
        if done.returncode != 0:
            failed.append(name)
            print(done.stderr, file=sys.stderr)
            continue
        parts[name] = f"## {name}\n\n{measured()}\n\n{purpose(scripts[name])}\n\n{shown(done.stdout.rstrip())}\n"
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text("\n".join([HEAD, *(parts[name] for name in sorted(parts))]), encoding="utf-8")
    print(f"{PAGE.relative_to(HERE.parent)} is written.")
    return 1 if failed else 0


def kept() -> dict[str, str]:
    """The sections that the page has already, by name."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    sections = text.split("\n## ")[1:]
    return {one.partition("\n")[0]: f"## {one.rstrip()}\n" for one in sections}


def measured() -> str:
    return (
        f"{datetime.now(UTC):%d %B %Y} · {os.cpu_count()} cores · {_memory_gib()} GiB · {platform.system()}"
        f" {platform.release()} · Python {platform.python_version()}"
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
    sys.exit(main(sys.argv[1:]))
