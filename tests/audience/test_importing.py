import pytest

from syndicate.audience.changing import history
from syndicate.audience.importing import import_csv
from syndicate.errors import AudienceError
from syndicate.model.cadence import Cadence, Every
from syndicate.store import subscriptions, suppressions
from syndicate.store.engine import reading


@pytest.fixture
def take(river, tmp_path):
    def importing(content):
        path = tmp_path / "readers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return import_csv(
            river.engine,
            path,
            list_settings=river.list_settings,
            consent="moved over",
            who="eve",
            now=river.now,
        )

    return importing


def readers(river):
    with reading(river.engine) as connection:
        return [
            (each.subscriber.address.text, each.subscriber.name, each.cadence)
            for each in subscriptions.on(connection)
        ]


def test_columns_are_found_by_their_names(river, take):
    river.configure(cadences=(Cadence(every=Every.DAILY), Cadence(every=Every.WEEKLY, on="mon")))

    result = take("Name,E-Mail,Cadence\nAda,ada@example.org,weekly\nBen,ben@example.org,\n")

    assert (result.added, result.problems) == (2, ())
    assert readers(river) == [("ada@example.org", "Ada", "weekly"), ("ben@example.org", "Ben", None)]


@pytest.mark.parametrize(
    "content",
    [
        "ada@example.org\nben@example.org\n",
        "ada@example.org;Ada\r\nben@example.org;Ben\r\n",
        b"\xef\xbb\xbfada@example.org\n\nben@example.org",
    ],
)
def test_without_a_header_the_first_column_is_the_address(river, take, content):
    assert take(content).added == 2


def test_importing_again_changes_nothing(river, take):
    take("email\nada@example.org\n")
    before = readers(river)

    result = take("email\nada@example.org\nADA@example.org\n")

    assert (result.added, result.known) == (0, 2)
    assert readers(river) == before


def test_a_bad_line_is_named_by_its_number_and_stops_no_other(river, take, tmp_path):
    result = take('email,name\nada@example.org,Ada\nben,Ben\n"x@y.example\nRSET",X\ncleo@example.org,Cleo\n')

    assert result.added == 2
    assert [problem.partition(": ")[0] for problem in result.problems] == [
        f"{tmp_path}/readers.csv:3",
        f"{tmp_path}/readers.csv:5",
    ]


def test_who_may_not_be_mailed_is_counted_and_left_out(river, take):
    with river.engine.begin() as connection:
        suppressions.add(connection, "ada@example.org", reason="complained", created_at=river.now)
    river.join("ben")
    with river.engine.begin() as connection:
        subscriptions.unsubscribe(connection, 1, at=river.now)

    result = take("email\nada@example.org\nben@example.org\ncleo@example.org\n")

    assert (result.added, result.known, result.unsubscribed, result.suppressed) == (1, 0, 1, 1)


def test_many_are_written_in_chunks(river, take):
    result = take("email\n" + "".join(f"r{number}@example.org\n" for number in range(601)))

    assert result.added == 601
    assert len(readers(river)) == 601


@pytest.mark.parametrize("content", [b"email\n\xff\xfe\n", 'email\n"ada'])
def test_a_file_that_can_not_be_read_is_one_clear_line(take, content):
    with pytest.raises(AudienceError, match=r"readers\.csv: .*; (save|correct) it"):
        take(content)


def test_a_file_that_is_not_there_is_one_clear_line(river, tmp_path):
    with pytest.raises(AudienceError, match="can't be read as CSV"):
        import_csv(
            river.engine,
            tmp_path / "none.csv",
            list_settings=river.list_settings,
            consent="x",
            who="eve",
            now=river.now,
        )


def test_an_import_is_logged_for_each_reader_it_added_once(river, take):
    take("ada@example.org\nben@example.org\n")
    take("ada@example.org\nben@example.org\n")

    logs = [history(river.engine, f"{name}@example.org")[0][1] for name in ("ada", "ben")]
    assert [[(each.who, each.what) for each in log] for log in logs] == [[("eve", "added: moved over")]] * 2
