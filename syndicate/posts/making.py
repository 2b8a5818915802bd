"""A manuscript becomes a post: its excerpt is cut and rendered, and it gets its fingerprints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from syndicate.errors import PostError
from syndicate.model.post import Excerpt, ExcerptOrigin, Post, Unreadable
from syndicate.posts import excerpt as excerpts
from syndicate.posts import fingerprint
from syndicate.posts.excerpt import HTML, MARKDOWN, MORE, Grammar, Opening, Wishes
from syndicate.posts.facts import rights_of
from syndicate.posts.manuscript import Manuscript, Rendered
from syndicate.posts.plain import text_of
from syndicate.posts.players import linked
from syndicate.posts.sanitising import sanitise

#: Gives HTML that may be shown of a piece of a manuscript's source.
Render = Callable[[Manuscript, str], Rendered]

#: ``posts.excerpt`` of the settings to the rule it names; "hugo" cuts rendered HTML instead.
RULES: Mapping[str, Callable[[str, Wishes, Grammar], Opening]] = MappingProxyType(
    {"best": excerpts.best, "jekyll": excerpts.jekyll}
)
#: ``posts.embeds`` of the settings to what becomes of the frames that the sanitiser has let through.
EMBEDS: Mapping[str, Callable[[str], str]] = MappingProxyType({"link": linked, "frame": str})
#: Stands for ``<!--more-->`` while a text is rendered; of characters that are nobody's (Unicode §23.5).
_MARK = "\ue000more\ue001"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A post's opening, and what became of it."""

    excerpt: Excerpt
    summary: str
    warnings: tuple[str, ...]


def make_posts(
    manuscripts: Sequence[Manuscript], render: Render, *, rule: str, embeds: str
) -> list[Post | Unreadable]:
    """Give the post of each, its excerpt cut by the ``rule`` of that name, its ``embeds`` shown in that way.

    One step after the other for all of them: what a step needs stays in a processor's caches, and what all
    steps need doesn't, which costs a fourth more.
    """
    cuts = [_cut(each, render, rule, embeds) for each in manuscripts]
    bodies = [fingerprint.of_body(each.body, encoded=each.encoded) for each in manuscripts]
    sketches = [fingerprint.sketch(each.body, encoded=each.encoded) for each in manuscripts]
    return [
        cut if isinstance(cut, Unreadable) else _post(manuscript, cut, body=body, sketch=sketch)
        for manuscript, cut, body, sketch in zip(manuscripts, cuts, bodies, sketches, strict=True)
    ]


def _cut(manuscript: Manuscript, render: Render, rule: str, embeds: str) -> _Cut | Unreadable:
    try:
        excerpt, lost = _excerpt(manuscript, render, rule, embeds)
    except PostError as error:
        return Unreadable(path=manuscript.path, line=error.line, problem=str(error))
    warnings = (*manuscript.warnings, *(f"{manuscript.path}: {each}" for each in lost))
    return _Cut(excerpt=excerpt, summary=_summary(manuscript, excerpt, rule), warnings=warnings)


def _post(manuscript: Manuscript, cut: _Cut, *, body: str, sketch: str) -> Post:
    """Give the post with the hashes of its ``body``."""
    post = _as_most_are(manuscript, cut, body=body, sketch=sketch)
    rights = rights_of(manuscript.head)
    if not (manuscript.draws_on or manuscript.undated or manuscript.enclosure or rights):
        return post
    return replace(
        post,
        draws_on=manuscript.draws_on,
        undated=manuscript.undated,
        enclosure=manuscript.enclosure,
        rights=rights,
    )


def _as_most_are(manuscript: Manuscript, cut: _Cut, *, body: str, sketch: str) -> Post:
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
        until=manuscript.until,
        excerpt=cut.excerpt,
        summary=cut.summary,
        image=manuscript.image,
        language=manuscript.language,
        body_fingerprint=body,
        fingerprint=_fingerprint(manuscript, body),
        self_contained=manuscript.self_contained,
        sketch=sketch,
        warnings=cut.warnings,
    )


def full_text(manuscript: Manuscript, render: Render, *, embeds: str) -> str:
    """Give the whole text as HTML that may be shown, without the mark that ends the excerpt."""
    return EMBEDS[embeds](_whole(manuscript, render).html)


def raw_text(manuscript: Manuscript, render: Render) -> str:
    """Give the same as the site's generator writes it: never to be shown."""
    return _whole(manuscript, render).raw


def _whole(manuscript: Manuscript, render: Render) -> Rendered:
    marks = excerpts.separators(manuscript.wishes)
    source = excerpts.without_markers(manuscript.body, marks, _grammar(manuscript))
    return render(manuscript, source)


def _grammar(manuscript: Manuscript) -> Grammar:
    return MARKDOWN if manuscript.markdown else HTML


def _summary(manuscript: Manuscript, excerpt: Excerpt, rule: str) -> str:
    description = text_of(manuscript.wishes.description)
    # Hugo's feeds know only its ``.Summary`` (embedded/templates/rss.xml).
    return excerpt.text or description if rule == "hugo" else description or excerpt.text


def _excerpt(
    manuscript: Manuscript, render: Render, rule: str, embeds: str
) -> tuple[Excerpt, tuple[str, ...]]:
    if rule == "hugo":
        return _as_hugo(manuscript, render, embeds)
    opening = RULES[rule](manuscript.body, manuscript.wishes, _grammar(manuscript))
    if not opening.source.strip():
        return Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=opening.truncated), ()
    # Jekyll takes the front matter's excerpt as it stands; we read it as Markdown.
    verbatim = rule == "jekyll" and opening.origin is ExcerptOrigin.FRONT_MATTER
    rendered = render(replace(manuscript, markdown=False) if verbatim else manuscript, opening.source)
    html = EMBEDS[embeds](rendered.html)
    return _made(html, opening.origin, truncated=opening.truncated), rendered.warnings


def _as_hugo(manuscript: Manuscript, render: Render, embeds: str) -> tuple[Excerpt, tuple[str, ...]]:
    """Give what Hugo takes: up to ``<!--more-->``, else the front matter's summary, else whole paragraphs."""
    from syndicate.posts import rendered_excerpt

    body, wishes = manuscript.body, manuscript.wishes
    head, mark, tail = body.partition(MORE)
    own = wishes.own if not mark and wishes.own and wishes.own.strip() else ""
    rendered = render(manuscript, own or (f"{head}\n\n{_MARK}\n\n{tail}" if mark else body))
    raw = rendered.raw.strip()
    if mark:
        cut, origin = rendered_excerpt.before_mark(raw, _MARK), ExcerptOrigin.MORE
    elif own:
        cut, origin = rendered_excerpt.without_sole_paragraph(raw), ExcerptOrigin.FRONT_MATTER
    else:
        cut = rendered_excerpt.first_paragraphs(
            raw, words=wishes.opening_words, by_characters=wishes.by_characters
        )
        origin = ExcerptOrigin.OPENING if len(cut) < len(raw) else ExcerptOrigin.WHOLE
    goes_on = bool(tail.strip()) if mark else len(cut) < len(raw) or bool(own and body.strip())
    safe = sanitise(cut, base=manuscript.link, resolve=rendered.resolve)
    return _made(EMBEDS[embeds](safe.html.strip()), origin, truncated=goes_on), rendered.warnings


def _made(html: str, origin: ExcerptOrigin, *, truncated: bool) -> Excerpt:
    made = ExcerptOrigin.NONE if not html else origin
    return Excerpt(html=html, text=text_of(html), origin=made, truncated=truncated)


def _fingerprint(manuscript: Manuscript, body: str) -> str:
    """Give the hash of what the author wrote for readers; our rules and the address are not in it."""
    facts = (manuscript.title, manuscript.authors, manuscript.categories, manuscript.tags)
    filled = [manuscript.filled_fingerprint] if manuscript.filled_fingerprint else []
    return fingerprint.of_parts((*facts, *manuscript.said, body, *filled))
