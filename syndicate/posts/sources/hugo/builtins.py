"""Hugo's own shortcodes as HTML for mail and feeds (tpl/tplimpl/embedded/templates/_shortcodes).

What can't be embedded there becomes a link.
"""

import html
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from syndicate.posts.sources.hugo.shortcode_syntax import Tag
from syndicate.posts.sources.hugo.values import truth

#: Gives the HTML of Markdown, without the paragraph where it is just one.
Inline = Callable[[str], str]


def figure(tag: Tag, inline: Inline) -> str:
    """Give a picture with its caption."""
    source, caption = tag.value("src", 0), tag.value("caption")
    alt = tag.value("alt") or caption
    sizes = "".join(f' {key}="{_escaped(tag.value(key))}"' for key in ("width", "height") if tag.value(key))
    picture = f'<img src="{_escaped(source)}" alt="{_escaped(alt)}"{sizes}>'
    linked = _link(tag.value("link"), picture) if tag.value("link") else picture
    title = f"<h4>{_escaped(tag.value('title'))}</h4>" if tag.value("title") else ""
    words = " ".join(filter(None, (inline(caption), _credit(tag))))
    below = title + (f"<p>{words}</p>" if words else "")
    return f"<figure>{linked}{f'<figcaption>{below}</figcaption>' if below else ''}</figure>"


def highlight(tag: Tag, code: str) -> str:
    """Give code, without its colours."""
    language = tag.value("lang", 0) or tag.value("type")
    options = tag.value("options", 1) or tag.value("opts")
    if "hl_inline=true" in options.replace(" ", ""):
        return f"<code>{_escaped(code.strip())}</code>"
    attribute = f' class="language-{_escaped(language)}"' if language else ""
    return f"<pre><code{attribute}>{_escaped(code.strip(chr(10)))}\n</code></pre>"


def details(tag: Tag, inner: str, inline: Inline) -> str:
    """Give what opens and closes; ``inner`` is HTML."""
    opened = " open" if truth(tag.value("open")) else ""
    title = inline(tag.value("summary") or "Details")
    return f"<details{opened}><summary>{title}</summary>\n{inner}\n</details>"


def _post_on_x(tag: Tag) -> str:
    user, number = tag.value("user", 0), tag.value("id", 1)
    return _linked(f"https://x.com/{_quoted(user)}/status/{_quoted(number)}", f"Post by @{user} on X")


def _instagram(tag: Tag) -> str:
    return _linked(f"https://www.instagram.com/p/{_quoted(tag.value('id', 0))}/", "Post on Instagram")


def _gist(tag: Tag) -> str:
    user, number = tag.value("user", 0), tag.value("id", 1)
    shown = tag.value("file", 2) or f"Gist by {user}"
    return _linked(f"https://gist.github.com/{_quoted(user)}/{_quoted(number)}", shown)


def qr(tag: Tag, inner: str) -> str:
    """Give the text of a code that is meant for a camera: a link where it is an address."""
    text = (tag.value("text") or inner).strip()
    if text.startswith(("https://", "http://", "mailto:", "tel:")):
        return _linked(text, text)
    return f"<p>{_escaped(text)}</p>"


#: Those that become a link to what they would embed.
EMBEDDED: Mapping[str, Callable[[Tag], str]] = MappingProxyType(
    {
        "x": _post_on_x,
        "x_simple": _post_on_x,
        "tweet": _post_on_x,
        "twitter": _post_on_x,
        "twitter_simple": _post_on_x,
        "instagram": _instagram,
        "instagram_simple": _instagram,
        "gist": _gist,
    }
)


def _credit(tag: Tag) -> str:
    shown = tag.value("attr")
    if not shown:
        return ""
    return _link(tag.value("attrlink"), _escaped(shown)) if tag.value("attrlink") else _escaped(shown)


def _linked(address: str, shown: str) -> str:
    return f"<div>{_link(address, _escaped(shown))}</div>"


def _link(address: str, inside: str) -> str:
    return f'<a href="{_escaped(address)}">{inside}</a>'


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _escaped(text: str) -> str:
    return html.escape(text)
