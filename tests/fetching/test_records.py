import pytest
from name_server import name_server

from syndicate.errors import FetchError
from syndicate.fetching.records import txt_records

LONG = "v=DKIM1; p=" + "A" * 400


@pytest.fixture
def port():
    known = {"a.example": ["v=spf1 -all", LONG], "empty.example": [], "down.example": ["trouble"]}
    with name_server(known) as port:
        yield port


def asked(name, port):
    return txt_records(name, servers=["127.0.0.1"], port=port)


def test_a_record_in_several_strings_is_one_text(port):
    assert sorted(asked("a.example", port)) == sorted(["v=spf1 -all", LONG])


@pytest.mark.parametrize("name", ["empty.example", "gone.example"])
def test_where_there_is_none_there_is_none(port, name):
    assert asked(name, port) == ()


@pytest.mark.parametrize("name", ["down.example", f"{'a' * 64}.example"])
def test_no_answer_is_one_clear_line(port, name):
    with pytest.raises(
        FetchError, match=rf"^{name}: the DNS doesn't answer \(\w+\); try again later$"
    ) as caught:
        asked(name, port)

    assert not caught.value.permanent
