"""Translations: each app's `locale/zh_Hans/…/django.po` becomes the catalogues Django reads.

Traditional Chinese is made from simplified by OpenCC, so that it is written once. Placeholders are Latin and stay.
"""

import os
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from shouwang.config.environment import ROOT

SOURCE = "locale/zh_Hans/LC_MESSAGES/django.po"
WRITTEN = ("zh_Hans", "zh_Hant")


def sources(package: Path = ROOT / "shouwang") -> list[Path]:
    return sorted(path for path in package.rglob("django.po") if path.as_posix().endswith(SOURCE))


def compile_changed(package: Path = ROOT / "shouwang") -> list[Path]:
    """Compiles those catalogues whose source is newer; the sources that were compiled."""
    changed = [source for source in sources(package) if _stale(source)]
    for source in changed:
        catalogue = read(source)
        _write(catalogue, _compiled(source, "zh_Hans"))
        _write(traditional(catalogue), _compiled(source, "zh_Hant"))
    return changed


def read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def missing(catalogue: Catalog) -> list[str]:
    """Messages without a translation, or with one that is only a guess."""
    return [str(message.id) for message in catalogue if message.id and (not _filled(message) or message.fuzzy)]


def traditional(catalogue: Catalog) -> Catalog:
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    result = Catalog(locale="zh_Hant", charset="utf-8")
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        said = message.string
        result.add(
            message.id,
            tuple(convert(text) for text in said) if isinstance(said, tuple | list) else convert(said or ""),
            context=message.context,
            flags=message.flags,
        )
    return result


def _filled(message: Message) -> bool:
    said = message.string
    return all(said) if isinstance(said, tuple | list) else bool(said)


def _stale(source: Path) -> bool:
    changed = source.stat().st_mtime
    compiled = [_compiled(source, language) for language in WRITTEN]
    return any(not path.exists() or path.stat().st_mtime < changed for path in compiled)


def _compiled(source: Path, language: str) -> Path:
    return source.parents[2] / language / "LC_MESSAGES" / "django.mo"


def _write(catalogue: Catalog, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
