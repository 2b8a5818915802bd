import sqlalchemy as sa

from syndicate.store import meta
from syndicate.store.engine import reading


def test_a_reader_waits_for_no_writer_and_sees_the_last_commit(engine: sa.Engine) -> None:
    with engine.begin() as writer, reading(engine) as reader:
        meta.write(writer, "key", "new")
        before = meta.read(reader, "key")
        writer.commit()

        assert (before, meta.read(reader, "key")) == (None, "new")


def test_a_writer_is_not_held_up_by_a_reader(engine: sa.Engine) -> None:
    with reading(engine) as reader:
        meta.read(reader, "key")
        with engine.begin() as writer:
            meta.write(writer, "key", "new")

        assert meta.read(reader, "key") == "new"


def test_a_connection_that_read_writes_in_transactions_again(engine: sa.Engine) -> None:
    with reading(engine) as reader:
        meta.read(reader, "key")
    with engine.connect() as writer:
        meta.write(writer, "key", "never committed")
        writer.rollback()

    with reading(engine) as reader:
        assert meta.read(reader, "key") is None
