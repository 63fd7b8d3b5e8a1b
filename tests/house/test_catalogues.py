"""Translations are complete, and the same English never has two Chinese words: Django keeps only one of them."""

from babel.messages.pofile import read_po

from shouwang.config.messages import missing, sources
from tests.house.tree import name


def test_no_message_is_left_untranslated():
    found = {}
    for source in sources():
        with source.open("rb") as file:
            left = missing(read_po(file, locale="zh_Hans"))
        if left:
            found[name(source)] = left

    assert found == {}


def test_one_message_has_one_translation():
    said: dict[tuple[str | None, str], dict[str, list[str]]] = {}
    for source in sources():
        with source.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if message.id and message.string:
                    words = said.setdefault((message.context, str(message.id)), {})
                    words.setdefault(str(message.string), []).append(name(source))

    assert {key[1]: words for key, words in said.items() if len(words) > 1} == {}
