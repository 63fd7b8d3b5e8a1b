"""Translations are complete, and traditional Chinese follows simplified."""

import gettext

import pytest

from shouwang.config import messages

PO = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Send {unit} to the station"
msgstr "派{unit}到派出所，里面的网格员"

msgid "untold"
msgstr ""
"""


@pytest.fixture
def package(tmp_path):
    source = tmp_path / "app" / messages.SOURCE
    source.parent.mkdir(parents=True)
    source.write_text(PO)
    return tmp_path


def test_traditional_chinese_is_made_from_simplified(package):
    messages.compile_changed(package)

    said = {}
    for language in messages.WRITTEN:
        with (package / f"app/locale/{language}/LC_MESSAGES/django.mo").open("rb") as file:
            said[language] = gettext.GNUTranslations(file).gettext("Send {unit} to the station")
    assert said == {"zh_Hans": "派{unit}到派出所，里面的网格员", "zh_Hant": "派{unit}到派出所，裏面的網格員"}


def test_nothing_is_compiled_twice(package):
    assert len(messages.compile_changed(package)) == 1
    assert messages.compile_changed(package) == []


def test_an_untranslated_message_is_named(package):
    assert messages.missing(messages.read(messages.sources(package)[0])) == ["untold"]


@pytest.mark.parametrize("source", messages.sources(), ids=lambda path: path.parents[3].name)
def test_every_app_is_wholly_translated(source):
    assert messages.missing(messages.read(source)) == []
