"""Compile the translations that changed; say which messages are not translated."""

import argparse

ROLE = None


def run(options: argparse.Namespace) -> int:
    from shouwang.config import messages, vendoring
    from shouwang.config.environment import ROOT
    from shouwang.ui.catalogue import write_script_catalogues

    for source in messages.compile_changed():
        print(source.relative_to(ROOT))
    silent = write_script_catalogues(vendoring.SAID / "i18n", ROOT / "shouwang")
    for text in silent:
        print(f"a script says, not translated: {text}")
    gaps = {source: messages.missing(messages.read(source)) for source in messages.sources()}
    for source, untranslated in gaps.items():
        for text in untranslated:
            print(f"{source.relative_to(ROOT)}: not translated: {text}")
    return 1 if silent or any(gaps.values()) else 0
