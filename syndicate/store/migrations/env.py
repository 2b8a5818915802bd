"""What Alembic runs: the revisions, on the connection and in the transaction that ``opening`` gives it."""

from alembic import context

from syndicate.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite alters a table by making a new one.
    render_as_batch=True,
    # SQLite's DDL is transactional, whatever Alembic's default says: a revision that dies leaves nothing.
    transactional_ddl=True,
)
context.run_migrations()
