"""Write the data map of the reference: what is held, why, on what basis, how long."""

import argparse

DATABASE = False


def run(options: argparse.Namespace) -> None:
    from django.apps import apps

    from shouwang.config.environment import ROOT
    from shouwang.registry.data_map_page import page

    models = [model for model in apps.get_models() if model.__module__.startswith("shouwang.")]
    target = ROOT / "docs" / "reference" / "data-map.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(models))
    print(target.relative_to(ROOT))
