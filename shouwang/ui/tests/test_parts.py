"""Every part stands on the component page, in three languages; what scripts say is translated; one page, few bytes."""

import gzip
import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from shouwang.config.environment import ROOT
from shouwang.config.messages import missing, read
from shouwang.ui import catalogue, vendor, views

UI = ROOT / "shouwang" / "ui"
PARTS = sorted(path.name for path in (UI / "templates/ui/parts").glob("_*.html"))
OF_SHELLS = {"_styles.html", "_portal_head.html", "_portal_foot.html", "_emergency.html", "_languages.html"}
ELSEWHERE = {"_problem.html", "_command.html"}  # problems.py; the desk's command bar
FIRST_LOAD = 150 * 1024  # of a public page, scripts and pictures included


def words_of_templates() -> str:
    return "".join(path.read_text(encoding="utf8") for path in (UI / "templates").rglob("*.html"))


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_shown_or_belongs_to_a_shell(part):
    shown = "".join(path.read_text(encoding="utf8") for path in (UI / "templates/ui/showing").glob("*.html"))
    inside = "".join((UI / "templates/ui/parts" / other).read_text(encoding="utf8") for other in PARTS)

    assert f"ui/parts/{part}" in shown + inside or part in OF_SHELLS | ELSEWHERE


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("page", ["components", "portal", "follow", "question"])
def test_every_sample_is_drawn_in_every_language(language, page):
    request = RequestFactory().get("/ui/")
    with translation.override(language):
        answer = views.components(request) if page == "components" else views.sample(request, page)

    assert answer.status_code == 200
    assert 'class="sw-problem"' in answer.content.decode() or page != "components"


def test_the_page_says_its_language_theme_and_size():
    request = RequestFactory().get("/ui/")
    request.COOKIES = {"theme": "dark", "reading": "elder"}
    with translation.override("en"):
        page = views.components(request).content.decode()

    assert '<html lang="en" data-theme="dark" data-reading="elder">' in page


@pytest.mark.parametrize(
    ("given", "cookie", "value"),
    [
        ({"theme": "dark"}, "theme", "dark"),
        ({"theme": "pink"}, "theme", ""),
        ({"reading": "elder"}, "reading", "elder"),
        ({"map": "none"}, "map", "none"),
        ({"map": "globe"}, "map", ""),
        ({"language": "en"}, "django_language", "en"),
    ],
)
def test_how_a_page_is_read_is_kept_without_scripts(given, cookie, value):
    answer = views.read_as(RequestFactory().post("/ui/theme/", given | {"next": "/desk/"}))

    assert answer.headers["Location"] == "/desk/"
    assert answer.cookies[cookie].value == value


def test_a_choice_never_leads_to_another_site():
    answer = views.read_as(RequestFactory().post("/ui/theme/", {"theme": "dark", "next": "//elsewhere.example/"}))

    assert answer.headers["Location"] == "/"


def test_every_message_of_ui_is_translated():
    assert missing(read(UI / "locale/zh_Hans/LC_MESSAGES/django.po")) == []


def test_every_message_of_the_templates_is_in_the_catalogue():
    known = {str(message.id) for message in read(UI / "locale/zh_Hans/LC_MESSAGES/django.po")}
    said = re.findall(r'{% translate "([^"]+)"', words_of_templates())

    assert sorted({text for text in said if text not in known}) == []


def test_every_word_of_scripts_is_written_for_both_scripts(tmp_path):
    gaps = catalogue.write_script_catalogues(tmp_path, ROOT / "shouwang")

    assert gaps == []
    assert {path.name for path in tmp_path.iterdir()} == {"zh-hans.json", "zh-hant.json"}


def test_vendor_files_come_from_packages_that_are_locked():
    locked = (ROOT / "package-lock.json").read_text(encoding="utf8")

    assert all(f'"node_modules/{source.split("/")[0]}"' in locked for source in vendor.FILES)
    assert '"resolved"' not in locked


def test_the_first_load_of_a_public_page_is_small():
    page = render_to_string("ui/portal.html")
    styles = re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page)
    scripts = ("page", "clock", "theme", "keys", "acts", "undo", "answers", "i18n", "aloud")
    own = [UI / "static" / name for name in styles] + [UI / "static/ui" / f"{name}.js" for name in scripts]
    size = sum(path.stat().st_size for path in [*own, UI / "static/ui/icons.svg"])
    htmx = gzip.compress((ROOT / "node_modules/htmx.org/dist/htmx.min.js").read_bytes())  # served packed

    assert size + len(htmx) + len(page.encode()) <= FIRST_LOAD
