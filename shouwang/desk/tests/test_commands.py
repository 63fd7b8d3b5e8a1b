import pytest

from shouwang.desk.commands import (
    COMMANDS,
    Ambiguous,
    NoSuch,
    NotACommand,
    PartMissing,
    matching,
    number_in,
    pick,
    read_command,
)

CREWS = [("1", ("桥西1组", "qx1")), ("2", ("桥西2组", "qx2")), ("3", ("东门岗亭", "dm"))]


@pytest.mark.parametrize(
    ("line", "name", "parts"),
    [
        ("/派 2047 桥西1组", "send", {"number": "2047", "unit": "桥西1组"}),
        ("/send 2047 qx1", "send", {"number": "2047", "unit": "qx1"}),
        ("／ｐ ２０４７ qx1", "send", {"number": "2047", "unit": "qx1"}),
        ("/记 2047 救护车 已到", "note", {"number": "2047", "text": "救护车 已到"}),
        ("/new 打架 桥西路12号", "new", {"call": "打架 桥西路12号"}),
    ],
)
def test_a_line_is_read(line, name, parts):
    read = read_command(line)

    assert (read.command.name, read.parts) == (name, parts)


@pytest.mark.parametrize(
    ("line", "problem"), [("/xyz 1", NotACommand), ("", NotACommand), ("/派", PartMissing), ("/派 2047", PartMissing)]
)
def test_a_line_that_is_not_understood_does_nothing_and_says_why(line, problem):
    with pytest.raises(problem):
        read_command(line)


def test_a_name_is_completed_when_only_one_crew_can_be_meant():
    assert pick("东", CREWS) == "3"
    assert pick("QX1", CREWS) == "1"


def test_an_ambiguous_name_asks():
    with pytest.raises(Ambiguous):
        pick("桥西", CREWS)
    with pytest.raises(NoSuch):
        pick("水门", CREWS)


def test_the_list_under_the_bar_narrows_while_typing():
    assert [one.name for one in matching("/派")] == ["send"]
    assert len(matching("/")) == len(COMMANDS)


def test_no_two_commands_share_a_word():
    words = [word for one in COMMANDS for word in one.words]

    assert len(words) == len(set(words))


@pytest.mark.parametrize("typed", ["2047", "２０４７", "#2047", "2047号"])
def test_a_number_is_read_as_people_write_it(typed):
    assert number_in(typed) == "2047"


@pytest.mark.parametrize("typed", ["2a47", "20 47x", "-2047", "2047.5", "²047", ""])
def test_a_slip_of_the_fingers_is_no_number(typed):
    with pytest.raises(NoSuch):
        number_in(typed)
