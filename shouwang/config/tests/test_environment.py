"""What is read from the environment, and the one sentence for what cannot be."""

import stat

import pytest

from shouwang.config.database import keys, place
from shouwang.config.environment import ROOT, Environment, WrongSetting, described, reference
from shouwang.config.front.serving import listen


def test_every_setting_says_what_it_is_for():
    for variable, kind, _, says in described():
        assert variable.startswith("SHOUWANG_") or variable == "DATABASE_URL"
        assert kind in ("str", "int", "bool", "Path", "list")
        assert says.endswith(".")


def test_every_setting_is_in_the_reference():
    assert (ROOT / "docs/reference/settings.md").read_text() == reference(), "run `bin/shouwang settings`"


def test_settings_are_typed():
    environment = Environment.read(
        {"SHOUWANG_PORT": " 9000 ", "SHOUWANG_DEBUG": "yes", "SHOUWANG_FACES": "portal, api"}
    )

    assert (environment.port, environment.debug, environment.faces) == (9000, True, ("portal", "api"))


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("SHOUWANG_PORT", "eight", "SHOUWANG_PORT is “eight”; it must be a whole number."),
        ("SHOUWANG_PORT", "70000", "it must lie between 1 and 65535"),
        ("SHOUWANG_ROLE", "postgres", "it must be one of owner, web"),
        ("SHOUWANG_SCHEMA", "Town-1", "use small letters"),
        ("SHOUWANG_FACES", "desk,wall", "names “wall”"),
        ("SHOUWANG_DEBUG", "maybe", "it must be 1 or 0"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(variable, value, sentence):
    with pytest.raises(WrongSetting) as refused:
        Environment.read({variable: value})

    assert sentence in str(refused.value)


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://host", "postgresql://host:99999/name"])
def test_a_wrong_database_address_is_one_sentence(url):
    with pytest.raises(WrongSetting, match="DATABASE_URL"):
        place.parameters(Environment(database_url=url))


def test_a_taken_port_is_one_sentence():
    taken = listen(Environment(port=8197))
    with taken, pytest.raises(WrongSetting, match="Port 8197 is taken by another program"):
        listen(Environment(port=8197))


def test_the_secret_is_made_once_and_for_us_alone(tmp_path):
    first = keys.secret_key(tmp_path)

    assert keys.secret_key(tmp_path) == first
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "secrets" / "key").stat().st_mode) == 0o600


def test_each_role_of_each_town_has_a_password_of_its_own(tmp_path):
    towns = [Environment(var=tmp_path, schema=schema) for schema in ("town", "other")]

    passwords = {place.role_password(town, role) for town in towns for role in ("web", "portal", "jobs")}

    assert len(passwords) == 6


def test_a_process_without_the_key_is_given_its_password(tmp_path):
    environment = Environment(var=tmp_path, role="portal", role_password="handed down")

    assert place.django_connection(environment)["PASSWORD"] == "handed down"
    assert not (tmp_path / "secrets").exists()
