"""Jinja as an editor's own templates get it: sandboxed, and with mistakes that name their file.

Jinja's traps, which stop here: its loader says of a file that is not UTF-8 what is wrong, and not of which
file; and its sandbox lets ``'a' * 10**10`` take the machine's memory (Jinja docs, "Sandbox", intercepting
operators).
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: No page is longer, nor any part of one.
_LONGEST = 1_000_000
#: In bits; no number in a mail has more.
_LARGEST_NUMBER = 10_000
#: What follows it is no style sheet any more, but markup that readers see (HTML, "raw text" end tags).
_STYLE_END = re.compile("</style", re.IGNORECASE)


class Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, in which no operator makes what no mail could hold."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as Jinja's
        """Give the value, or raise ``OverflowError`` where it would be too large."""
        if _grows(operator, left, right) or _grows("*", right, left):
            raise OverflowError(f"its {operator} makes something far larger than a mail")
        return super().call_binop(context, operator, left, right)


def _grows(operator: str, value: Any, times: Any) -> bool:  # noqa: ANN401 - whatever a template has
    if not isinstance(times, int):
        return False
    if isinstance(value, Sequence):
        return len(value) * times > _LONGEST
    if not isinstance(value, int):
        return False
    bits = value.bit_length()
    return (bits * times if operator == "**" else bits + times.bit_length()) > _LARGEST_NUMBER


class Loader(FileSystemLoader):
    """Reads templates from folders, the first one first."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        """Give a template's text, its file, and whether it stands as it was; errors name the file."""
        try:
            found = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise self._unreadable(template, "is not UTF-8", line) from error
        except TemplateNotFound:  # an OSError, too
            raise
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise self._unreadable(template, f"can't be read ({why})", 1) from error
        if template.endswith(".css") and (end := _STYLE_END.search(found[0])):
            line = found[0].count("\n", 0, end.start()) + 1
            raise self._unreadable(template, "holds </style, which ends the block that it is put in", line)
        return found

    def _unreadable(self, template: str, what: str, line: int) -> TemplateSyntaxError:
        places = (Path(folder, template) for folder in self.searchpath)
        file = next((str(each) for each in places if each.is_file()), template)
        return TemplateSyntaxError(what, line, template, file)
