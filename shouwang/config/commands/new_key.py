"""Make a new key for the sealed fields; the jobs turn every row to it, and nothing stands still meanwhile."""

import argparse

ROLE = None


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to say: the cipher is a setting (SHOUWANG_FIELD_CIPHER)."""


def run(options: argparse.Namespace) -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
    from shouwang.core import keyring

    print(f"Key {keyring.add_key()} seals from now on. Processes that run in part without the ring: restart them.")
