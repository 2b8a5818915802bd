"""From Markdown without templates to HTML that may be shown: the last steps, the same for every source."""

from collections.abc import Iterable

from syndicate.posts.manuscript import Rendered
from syndicate.posts.markdown import Dialect
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.sanitising import Resolve, as_written, sanitise


def to_html(
    source: str,
    dialect: Dialect,
    *,
    base: str,
    removed: Iterable[str] = (),
    resolve: Resolve = as_written,
) -> Rendered:
    """Give the HTML of Markdown ``source``; the rest is that of ``finished``."""
    return finished(render_markdown(source, dialect), base=base, removed=removed, resolve=resolve)


def finished(html: str, *, base: str, removed: Iterable[str] = (), resolve: Resolve = as_written) -> Rendered:
    """Give ``html`` as it may be shown; relative addresses are seen from ``base``.

    ``removed`` are the templates that were taken out of it; ``resolve`` is that of ``sanitise``.
    """
    safe = sanitise(html, base=base, resolve=resolve)
    warnings = [f"{shown} can't be rendered and was left out; write it out" for shown in removed]
    if safe.flattened:
        warnings.append("is nested too deeply and was flattened; flatten it yourself")
    return Rendered(html=safe.html.strip(), raw=html, resolve=resolve, warnings=tuple(warnings))
