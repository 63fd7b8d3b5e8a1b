"""Write docs/reference/settings.md: every environment variable."""

import argparse

ROLE = None
HIDDEN = True


def run(options: argparse.Namespace) -> None:
    from shouwang.config.environment import ROOT, reference

    page = ROOT / "docs" / "reference" / "settings.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(reference(), encoding="utf-8")
    print(page.relative_to(ROOT))
