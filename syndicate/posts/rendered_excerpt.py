"""A post's opening cut in its rendered HTML, as Hugo does (resources/page/page_markup.go). Pure.

What is cut may leave tags open; sanitise it.
"""

import re

#: Highlighted code: Hugo writes words into tags of their own and counts none, but one for each line's tag.
_HIGHLIGHTED = re.compile(r"(?<=<code class=\"language-)([^\"<>]*\"[^<>]*>)([^<]*)")
_TAG_ALONE = re.compile(r"</?[A-Za-z]+>?")
#: But not ``align``: goldmark writes ``style="text-align: left"``, whose second half is a word to Hugo.
_ATTRIBUTE = re.compile(r"(?!align=)[A-Za-z]+=[\"']")
_TAGS = re.compile(r"<[^<>]*>?")


def first_paragraphs(html: str, *, words: int, by_characters: bool) -> str:
    """Give ``html`` up to the end of the paragraph with the last of so many words, else all of it.

    Lists, code and headings before that paragraph come along, and the quotation it stands in.
    ``by_characters``: each letter of a word that is not plain ASCII counts.
    """
    if words <= 0:
        return ""
    counted = start = 0
    end = html.find("</p>")
    while end != -1:
        counted += _count(html[start:end], by_characters=by_characters)
        if counted >= words:
            return html[: _after_quote(html, end + len("</p>"))]
        start = end + len("</p")  # as Hugo has it: the ">" is looked at again
        end = html.find("</p>", start)
    return html


def before_mark(html: str, mark: str) -> str:
    """Give what stands before ``mark``, without the paragraph that holds nothing else.

    Where it isn't at the start of a paragraph (in code, say), the rest of what it stands in comes along.
    """
    head, _, tail = html.partition(mark)
    bare = head.rstrip()
    opening = bare.rfind("<") if bare.endswith(">") else -1
    if re.match(r"<p\b", bare[opening : opening + 3]) and opening != -1:
        return bare[:opening]
    within, closing, _ = tail.partition("</p>")
    return f"{head}{within}{closing}"


def without_sole_paragraph(html: str) -> str:
    """Give the inside of ``html`` where that is one paragraph, as Hugo shows short texts; else all of it."""
    stripped = html.strip()
    sole = stripped.startswith("<p>") and stripped.endswith("</p>") and stripped.count("<p") == 1
    return stripped[len("<p>") : -len("</p>")] if sole else stripped


def _after_quote(html: str, end: int) -> int:
    """Give where the outermost quotation that ``end`` lies in is over; ``end`` itself outside of any."""
    depth = html.count("<blockquote", 0, end) - html.count("</blockquote>", 0, end)
    while depth > 0:
        closing = html.find("</blockquote>", end)
        if closing == -1:
            return len(html)
        depth += html.count("<blockquote", end, closing) - 1
        end = closing + len("</blockquote>")
    return end


def _shortened(code: re.Match[str]) -> str:
    return code[1] + " line" * (code[2].count("\n") - 1) + " "


def _count(html: str, *, by_characters: bool) -> int:
    # Hugo leaves out the last character of a paragraph, and with it a word of just one.
    words = _HIGHLIGHTED.sub(_shortened, html)[:-1].split()
    return sum(_weight(word, by_characters=by_characters) for word in words)


def _weight(word: str, *, by_characters: bool) -> int:
    if word == ">" or _TAG_ALONE.fullmatch(word) or _ATTRIBUTE.match(word):
        return 0
    if not by_characters:
        return 1
    text = _TAGS.sub("", word)
    return 1 if text.isascii() else len(text)
