"""Tables, queries and migrations: SQLAlchemy Core, the same code on SQLite and PostgreSQL.

One module a noun; one statement a function; every function takes the caller's open connection,
so that the caller decides what is one transaction.
"""
