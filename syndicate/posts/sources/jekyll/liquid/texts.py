"""Jekyll's filters of text and addresses (lib/jekyll/filters.rb, filters/url_filters.rb)."""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, quote_plus, unquote

from liquid import RenderContext
from liquid.filter import with_context

from syndicate.posts.sources.jekyll.liquid.ruby import as_json, inspected, is_nothing, text_of
from syndicate.posts.sources.jekyll.liquid.run import run_of
from syndicate.posts.sources.jekyll.slugs import slugify as slug_of

#: Ruby's Han, Katakana, Hiragana and Hangul.
_CJK = (
    r"\u1100-\u11ff\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u3131-\u318e"
    r"\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_CJK_CHARACTER = re.compile(f"[{_CJK}]")
_OTHER_WORD = re.compile(rf"[^{_CJK}\s]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_INDEX = re.compile(r"/index\.html?$", re.MULTILINE)
_WHOLE_NUMBER = re.compile(r"\s*([-+]?\d{1,60})")
#: Neither looks past the next opening, which keeps them linear.
_SCRIPTS = re.compile(
    r"<script(?:(?!<script).)*?</script>|<!--(?:(?!<!--).)*?-->|<style(?:(?!<style).)*?</style>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_SMART = (
    (re.compile(r"---"), "\u2014"),
    (re.compile(r"--"), "\u2013"),
    (re.compile(r"\.\.\."), "\u2026"),
    (re.compile(r"<<"), "\u00ab"),
    (re.compile(r">>"), "\u00bb"),
    (re.compile(r"(?<![\w\u2019.,!?;:)\]])\"(?=\S)"), "\u201c"),
    (re.compile(r"\""), "\u201d"),
    (re.compile(r"(?<![\w\u201d.,!?;:)\]])'(?=\S)(?!\d\ds?\b)"), "\u2018"),
    (re.compile(r"'"), "\u2019"),
)


@with_context
def relative_url(value: object, *, context: RenderContext) -> object:
    """Give an address with the site's base path before it; one with a scheme stays."""
    if is_nothing(value):
        return None
    address = _address(value)
    return address if _SCHEME.match(address) else run_of(context).scope.shelf.relative(address)


@with_context
def absolute_url(value: object, *, context: RenderContext) -> object:
    """Give an address with the site's own before it; one with a scheme stays."""
    if is_nothing(value):
        return None
    address = _address(value)
    return address if _SCHEME.match(address) else run_of(context).scope.shelf.absolute(address)


def _address(value: object) -> str:
    return text_of(value.get("url")) if isinstance(value, Mapping) else text_of(value)


def strip_index(value: object) -> object:
    """Give an address without ``index.html``."""
    return None if is_nothing(value) else _INDEX.sub("/", text_of(value))


@with_context
def markdownify(value: object, *, context: RenderContext) -> str:
    """Give the HTML of Markdown."""
    return run_of(context).scope.shelf.markdownify(text_of(value))


def smartify(value: object) -> str:
    """Give text with typographic quotes, dashes and dots."""
    text = text_of(value)
    for pattern, instead in _SMART:
        text = pattern.sub(instead, text)
    return text


def slugify(value: object, mode: object = None) -> object:
    """Give text as a word of an address, in one of Jekyll's modes."""
    return None if is_nothing(value) else slug_of(text_of(value), text_of(mode) or "default")


def xml_escape(value: object) -> str:
    """Give text fit for XML."""
    return html.escape(text_of(value), quote=False).replace('"', "&quot;")


def cgi_escape(value: object) -> str:
    """Give text fit for a query."""
    return quote_plus(text_of(value), errors="replace")


def uri_escape(value: object) -> str:
    """Give text fit for an address; what has a meaning in one stays."""
    return quote(unquote(text_of(value)), safe="!#$&'()*+,/:;=?@[]-._~", errors="replace")


def normalize_whitespace(value: object) -> str:
    """Give text with single spaces."""
    return " ".join(text_of(value).split())


def number_of_words(value: object, mode: object = None) -> int:
    """Count words; with mode "cjk" or "auto" a Chinese, Japanese or Korean character is one."""
    text = text_of(value)
    characters = len(_CJK_CHARACTER.findall(text)) if mode in {"cjk", "auto"} else 0
    if mode == "cjk" or characters:
        return characters + len(_OTHER_WORD.findall(text))
    return len(text.split())


def array_to_sentence_string(value: object, connector: object = "and") -> str:
    """Give "a, b, and c"."""
    items = (
        [text_of(each) for each in value]
        if isinstance(value, Sequence) and not isinstance(value, str)
        else []
    )
    join = text_of(connector)
    if len(items) <= 1:
        return "".join(items)
    if len(items) == len("ab"):
        return f"{items[0]} {join} {items[1]}"
    return f"{', '.join(items[:-1])}, {join} {items[-1]}"


def jsonify(value: object) -> str:
    """Give JSON."""
    return json.dumps(as_json(value), ensure_ascii=False, separators=(",", ":"))


def split(value: object, separator: object = " ") -> list[str]:
    """Give the pieces between separators; as in Ruby, none that are empty at the end."""
    text, between = text_of(value), text_of(separator)
    if not between:
        return list(text)
    pieces = text.split() if between == " " else text.split(between)
    while pieces and not pieces[-1]:
        pieces.pop()
    return pieces


def strip_html(value: object) -> str:
    """Give text without tags, comments, scripts and styles (lib/liquid/standardfilters.rb)."""
    text = _SCRIPTS.sub("", text_of(value))
    last = text.rfind(">") + 1  # after it every "<" would be looked for to the end
    return _TAG.sub("", text[:last]) + text[last:]


def to_integer(value: object) -> int:
    """Give the whole number a text begins with, else 0."""
    if isinstance(value, int | float):
        return int(value)
    found = _WHOLE_NUMBER.match(text_of(value))
    return int(found[1]) if found else 0


def inspect(value: object) -> str:
    """Give the value as Ruby shows it to programmers."""
    return xml_escape(inspected(value))


def nothing(_value: object) -> str:
    """Give nothing: a post has no stylesheet to make."""
    return ""


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "relative_url": relative_url,
        "absolute_url": absolute_url,
        "strip_index": strip_index,
        "markdownify": markdownify,
        "smartify": smartify,
        "slugify": slugify,
        "xml_escape": xml_escape,
        "cgi_escape": cgi_escape,
        "uri_escape": uri_escape,
        "normalize_whitespace": normalize_whitespace,
        "number_of_words": number_of_words,
        "array_to_sentence_string": array_to_sentence_string,
        "jsonify": jsonify,
        "split": split,
        "strip_html": strip_html,
        "to_integer": to_integer,
        "inspect": inspect,
        "sassify": nothing,
        "scssify": nothing,
        "h": lambda value: html.escape(text_of(value)),
    }
)
