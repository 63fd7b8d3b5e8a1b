"""Write docs/reference/: policy, kinds, data map, settings, errors and commands, as the code has them."""

import argparse

DATABASE = False
PAGES = ("policy", "kinds", "data_map", "settings")


def run(options: argparse.Namespace) -> None:
    from importlib import import_module

    from shouwang.config.environment import ROOT
    from shouwang.config.reference import commands_page, errors_page

    for name in PAGES:
        import_module(f"shouwang.config.commands.{name}").run(options)
    for name, text in (("errors.md", errors_page()), ("commands.md", commands_page())):
        page = ROOT / "docs" / "reference" / name
        page.write_text(text, encoding="utf-8")
        print(page.relative_to(ROOT))
