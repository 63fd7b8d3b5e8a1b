"""Write docs/reference/policy.md: who may do what, as the code has it."""

import argparse

DATABASE = False


def run(options: argparse.Namespace) -> None:
    from shouwang.config.environment import ROOT
    from shouwang.people.policy import markdown

    page = ROOT / "docs" / "reference" / "policy.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(markdown(), encoding="utf-8")
    print(page.relative_to(ROOT))
