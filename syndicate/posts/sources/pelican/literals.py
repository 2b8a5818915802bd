"""What a settings module of Python says literally. It is taken apart, never run."""

import ast
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from syndicate.errors import PostError, SiteError
from syndicate.posts.file_content import read_content

_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Literals:
    """Names in capitals to what they are set to, the last assignment counts."""

    values: dict[str, Any] = field(default_factory=dict)
    #: Names whose value a program makes: ``file:line``.
    made: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


def read_literals(root: Path, name: str) -> Literals:
    """Give the literal assignments of the module ``name``; ``SiteError`` where it is no Python."""
    if not (root / name).exists():
        return Literals()
    try:
        content = read_content(root, name, max_bytes=_MAX_BYTES)
    except PostError as error:
        raise SiteError(f"{root}: {error}") from error
    found = Literals(content=content)
    for target, value, line in _assignments(_parsed(root / name, content)):
        found.values.pop(target, None)
        found.made.pop(target, None)
        try:
            found.values[target] = ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            found.made[target] = f"{name}:{line}"
    return found


def over(base: Literals, above: Literals) -> Literals:
    """Give ``base`` with the settings of a module that begins with ``from base import *``."""
    made = {name: place for name, place in base.made.items() if name not in above.values}
    values = {name: value for name, value in base.values.items() if name not in above.made}
    return Literals(
        values=values | above.values,
        made=made | above.made,
        content=base.content + b"\0" + above.content,
    )


def _parsed(file: Path, content: bytes) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd escapes in somebody's patterns
            return ast.parse(content)
    except SyntaxError as error:
        raise SiteError(f"{file}:{error.lineno or 1}: is not Python ({error.msg}); correct it") from error
    except (ValueError, MemoryError, RecursionError) as error:
        raise SiteError(f"{file}: is not Python that can be read; simplify it") from error


def _assignments(module: ast.Module) -> Iterator[tuple[str, ast.expr, int]]:
    for statement in module.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value:
            targets, value = [statement.target], statement.value
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper():
                yield target.id, value, statement.lineno
