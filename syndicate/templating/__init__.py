"""The templates: the user's own folder before the shipped one, and errors that name file and line."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any

from syndicate.errors import TemplateError

if TYPE_CHECKING:
    from jinja2 import Environment

#: What goes wrong inside a template's own expressions, besides Jinja's errors.
_IN_EXPRESSIONS = (
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    MemoryError,
)


def environment(overrides: Path) -> "Environment":
    """Give the environment that finds each template in ``overrides`` first, file by file.

    Sandboxed, since a template may come from an editor; everything is escaped, and a name that isn't there
    is an error. Render through ``rendered``, so that errors come out as ``TemplateError``.
    """
    from jinja2 import StrictUndefined

    from syndicate.templating.compiled import CompiledTemplates, beside_modules
    from syndicate.templating.sandbox import Loader, Sandbox

    return Sandbox(
        loader=Loader([overrides, shipped()]),
        bytecode_cache=CompiledTemplates(
            shipped(), kept_in=beside_modules(), writing=not sys.dont_write_bytecode
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def shipped() -> Path:
    """Give the folder of our own templates: inside the wheel, else at the top of the checkout."""
    package = Path(__file__).parents[1]
    inside = package / "_data" / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def rendered(environment: "Environment", name: str, values: Mapping[str, Any]) -> str:
    """Fill the template ``name``; ``TemplateError`` says where it is broken or which name it lacks."""
    with _placed(name):
        return environment.get_template(name).render(values)


def source_of(environment: "Environment", name: str) -> tuple[str, str]:
    """Give the text of a template as it stands in its file, and the file; ``TemplateError`` without one."""
    loader = environment.loader
    with _placed(name):
        text, file, _ = loader.get_source(environment, name) if loader else ("", None, None)
    return text, file or name


def themes(environment: "Environment") -> list[str]:
    """Give the names of the themes there are, ours and the user's own."""
    parts = [name.split("/") for name in environment.list_templates()]
    return sorted({part[2] for part in parts if part[:2] == ["email", "themes"] and part[3:]})


def broken(environment: "Environment") -> Iterator[str]:
    """Give one line for each template that can't be read; names it lacks only show when it is filled."""
    for name in environment.list_templates(extensions=("html", "css")):
        try:
            with _placed(name):
                environment.get_template(name)
        except TemplateError as error:
            yield str(error)


@contextmanager
def _placed(name: str) -> Iterator[None]:
    """Turn whatever goes wrong with a template into a ``TemplateError`` that says where."""
    import jinja2

    try:
        yield
    except jinja2.TemplateSyntaxError as error:
        where = f"{error.filename or error.name or name}:{error.lineno}"
        raise TemplateError(f"{where}: {_sentence(error.message)}; mend the template") from error
    except jinja2.TemplateNotFound as error:
        where = _where(error, name)
        raise TemplateError(f"{where}: there is no template {error.name}; check the name") from error
    except jinja2.UndefinedError as error:
        raise TemplateError(f"{_where(error, name)}: {_sentence(error.message)}; check the name") from error
    except (jinja2.TemplateError, *_IN_EXPRESSIONS) as error:
        raise TemplateError(f"{_where(error, name)}: {_sentence(str(error))}; mend the template") from error


def _where(error: BaseException, name: str) -> str:
    """Give ``file:line`` of the innermost template line that the error went through, else the name."""
    return next(iter(reversed(list(_template_lines(error)))), name)


def _template_lines(error: BaseException) -> Iterator[str]:
    # Jinja rewrites the traceback so that frames of compiled templates carry the template's file and line.
    for frame, line in walk_tb(error.__traceback__):
        if "__jinja_template__" in frame.f_globals or frame.f_code.co_filename.endswith((".html", ".css")):
            yield f"{frame.f_code.co_filename}:{line}"


def _sentence(message: str | None) -> str:
    return " ".join((message or "broken").rstrip(".").split())
