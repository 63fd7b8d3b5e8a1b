"""Write docs/reference/kind-….md: states, steps, clocks and words of every kind of matter, as the code has them."""

import argparse

DATABASE = False


def run(options: argparse.Namespace) -> None:
    from shouwang.config.environment import ROOT
    from shouwang.matters.reference import reference_pages

    folder = ROOT / "docs" / "reference"
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in reference_pages().items():
        (folder / name).write_text(page, encoding="utf-8")
        print((folder / name).relative_to(ROOT))
