"""The schema's history: one numbered, append-only revision a file in ``versions/``, run by Alembic.

``HEAD`` is written here so that a pass with nothing to do compares one word and never imports Alembic.
"""

from pathlib import Path

#: Every revision there ever was, oldest first. With a new one ``tables`` changes too, and ``newest.sql``.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD = REVISIONS[-1]

#: The folder Alembic reads.
FOLDER = Path(__file__).parent
