"""The catalogue without translations that a translator begins with: ``templates/words/messages.pot``."""

from collections.abc import Mapping
from io import BytesIO

from syndicate.templating.message import Message

_HEAD = r"""# What Syndicate says to readers: in mail, on the pages of feeds, and where they unsubscribe.
# How a language is added is written in docs/translating.md.
msgid ""
msgstr ""
"Language: \n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\n"

"""


def pot(messages: Mapping[str, Message]) -> bytes:
    """Give it: each phrase with its note, in the order in which they are declared."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalog = Catalog()
    for message in messages.values():
        identity = (message.source, message.plural) if message.plural else message.source
        flags = ("python-brace-format",) if message.names else ()
        catalog.add(identity, auto_comments=[message.note], flags=flags)
    written = BytesIO()
    write_po(written, catalog, width=0, omit_header=True)
    return _HEAD.encode() + written.getvalue()
