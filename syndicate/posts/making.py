"""A manuscript becomes a post: its excerpt is cut and rendered, and it gets its fingerprints."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from syndicate.model.post import Excerpt, ExcerptOrigin, Post
from syndicate.posts import excerpt as excerpts
from syndicate.posts import fingerprint
from syndicate.posts.excerpt import HTML, MARKDOWN, Grammar, Opening, Wishes
from syndicate.posts.manuscript import Manuscript, Rendered
from syndicate.posts.plain import text_of

#: Gives HTML that may be shown of a piece of a manuscript's source.
Render = Callable[[Manuscript, str], Rendered]

#: ``posts.excerpt`` of the settings to the rule it names.
RULES: Mapping[str, Callable[[str, Wishes, Grammar], Opening]] = MappingProxyType(
    {"best": excerpts.best, "jekyll": excerpts.jekyll, "hugo": excerpts.hugo}
)


def make_post(manuscript: Manuscript, render: Render, *, rule: str) -> Post:
    """Give the post, its excerpt cut by the ``rule`` of that name."""
    excerpt, lost = _excerpt(manuscript, render, rule)
    body = fingerprint.of_body(manuscript.body)
    return Post(
        path=manuscript.path,
        url=manuscript.url,
        link=manuscript.link,
        generator_id=manuscript.generator_id,
        declared_id=manuscript.declared_id,
        title=manuscript.title,
        authors=manuscript.authors,
        collection=manuscript.collection,
        categories=manuscript.categories,
        tags=manuscript.tags,
        published=manuscript.published,
        updated=manuscript.updated,
        excerpt=excerpt,
        summary=text_of(manuscript.wishes.description) or excerpt.text,
        image=manuscript.image,
        language=manuscript.language,
        fingerprint=_fingerprint(manuscript, body),
        body_fingerprint=body,
        self_contained=manuscript.self_contained,
        sketch=fingerprint.sketch(manuscript.body),
        warnings=(*manuscript.warnings, *(f"{manuscript.path}: {each}" for each in lost)),
        draws_on=manuscript.draws_on,
        undated=manuscript.undated,
    )


def full_text(manuscript: Manuscript, render: Render) -> str:
    """Give the whole text as HTML that may be shown, without the mark that ends the excerpt."""
    marks = excerpts.separators(manuscript.wishes)
    return render(manuscript, excerpts.without_markers(manuscript.body, marks, _grammar(manuscript))).html


def _grammar(manuscript: Manuscript) -> Grammar:
    return MARKDOWN if manuscript.markdown else HTML


def _excerpt(manuscript: Manuscript, render: Render, rule: str) -> tuple[Excerpt, tuple[str, ...]]:
    opening = RULES[rule](manuscript.body, manuscript.wishes, _grammar(manuscript))
    if not opening.source.strip():
        return Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=opening.truncated), ()
    # Jekyll takes the front matter's excerpt as it stands; we read it as Markdown.
    verbatim = rule == "jekyll" and opening.origin is ExcerptOrigin.FRONT_MATTER
    rendered = render(replace(manuscript, markdown=False) if verbatim else manuscript, opening.source)
    excerpt = Excerpt(
        html=rendered.html,
        text=text_of(rendered.html),
        origin=opening.origin,
        truncated=opening.truncated,
    )
    return excerpt, rendered.warnings


def _fingerprint(manuscript: Manuscript, body: str) -> str:
    """Give the hash of what the author wrote for readers; our rules and the address are not in it."""
    facts = (manuscript.title, manuscript.authors, manuscript.categories, manuscript.tags)
    filled = [manuscript.filled_fingerprint] if manuscript.filled_fingerprint else []
    return fingerprint.of_parts((*facts, *manuscript.said, body, *filled))
