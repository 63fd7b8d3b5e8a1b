"""Compile the translations that changed; say which messages are not translated."""

import argparse

ROLE = None


def run(options: argparse.Namespace) -> int:
    from shouwang.config import messages
    from shouwang.config.environment import ROOT

    for source in messages.compile_changed():
        print(source.relative_to(ROOT))
    gaps = {source: messages.missing(messages.read(source)) for source in messages.sources()}
    for source, untranslated in gaps.items():
        for text in untranslated:
            print(f"{source.relative_to(ROOT)}: not translated: {text}")
    return 1 if any(gaps.values()) else 0
