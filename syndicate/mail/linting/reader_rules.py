"""What a reader is owed: a way out, an address, a text part that says the same, and nothing left over."""

import re
from collections.abc import Iterator
from html import unescape

from syndicate.mail.linting.document import Document
from syndicate.mail.linting.rule import Rule, on_page, rule, shown
from syndicate.mail.linting.words import in_brackets, mailboxes
from syndicate.mail.plaintext import COLUMNS, width
from syndicate.model.finding import Severity, Spot

#: Gmail shows about so many bytes of the decoded page.
_CLIP_BYTES = 102_000
_LEAST_WORDS = 0.95
#: Of the page's end, in which an address is looked for (characters).
_FOOTER = 600
_WORD = re.compile(r"[^\W\d_]{4,40}")
#: Scripts that put no space between words: each letter counts.
_LETTER = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: What a postal address ends with: a code of numbers that is no year, a British, a Canadian, an Irish one.
_POSTAL = re.compile(
    r"\b(?!(?:19|20)\d\d\b)\d{4,7}\b|\b\d{3}-\d{4}\b|\b\d{2}-\d{3}\b|\b\d{3} \d{2}\b|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|"
    r"\b[A-Z]\d\d ?[A-Z\d]{4}\b|\bP\.? ?O\.? Box\b",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"]{1,2000}")
_MARKUP = re.compile(
    r"</?(?:a|b|blockquote|br|div|em|h[1-6]|hr|i|img|li|ol|p|pre|span|strong|style|table|td|tr|ul)(?:\s[^<>]{0,500})?/?>|"
    r"&(?:amp|lt|gt|quot|nbsp|mdash|ndash|hellip|rsquo|lsquo|#\d{1,6}|#x[0-9a-f]{1,5});|\]\((?:https?:|/)|!\[|\*\*\w",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{%|%\}|slot\.invalid|\bSLOT[0-9a-z]{3,60}|\*\|[A-Z_:]{2,40}\|\*|<%=?|%%[a-z_]{2,40}%%"
)
_NOTHING = re.compile(r"None|undefined|null|NaN|\[object Object\]")
_TWICE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_MISREAD = re.compile("Ã[\u0080-\u00bf]|â€[™œ\u009d“”]|ï¿½|\ufffd")


@rule(
    "clip-size",
    Severity.ERROR,
    title="The page has at most 102,000 bytes",
    why="Gmail cuts longer ones off, and the way out with them: people press “spam”.",
    source="measured by many: Gmail clips at about 102 KB of decoded HTML (Spam Resource, 2022)",
)
def clip_size(mail: Document) -> Iterator[Spot]:
    """Find more."""
    size = len(mail.html.text.encode("utf-8", "replace")) if mail.html else 0
    if size > _CLIP_BYTES:
        what = f"the page has {size:,} bytes"
        yield on_page(mail, what, f"leave {size - _CLIP_BYTES:,} bytes out, and link to the rest", None)


@rule(
    "unsubscribe-clipped",
    Severity.ERROR,
    title="The way out is within the first 102,000 bytes",
    why="Gmail cuts the page off before it.",
    source="Gmail, Email sender guidelines: subscriptions; 16 CFR 316.5",
)
def unsubscribe_clipped(mail: Document) -> Iterator[Spot]:
    """Find a link that is beyond them."""
    way_out = _way_out(mail)
    if mail.page is None or not way_out:
        return
    places = [each.at for each in mail.page.named("a") if each.attributes.get("href") == way_out]
    if places and len(mail.page.html[: min(places)].encode("utf-8", "replace")) > _CLIP_BYTES:
        yield on_page(mail, "the unsubscribe link comes after 102,000 bytes", "shorten the page", None)


@rule(
    "unsubscribe-link",
    Severity.ERROR,
    title="The page links to the address in List-Unsubscribe",
    why="Not every program shows a button; the law and the providers ask for a visible way out.",
    source="Gmail, Email sender guidelines: subscriptions; CAN-SPAM 15 U.S.C. 7704(a)(3); GDPR art. 7(3)",
)
def unsubscribe_link(mail: Document) -> Iterator[Spot]:
    """Find a page that doesn't."""
    way_out = _way_out(mail)
    links = mail.page.named("a") if mail.page else []
    if mail.page and way_out and all(each.attributes.get("href") != way_out for each in links):
        yield on_page(
            mail, "it has no link to the address in List-Unsubscribe", f"link to {shown(way_out)}", None
        )


@rule(
    "unsubscribe-in-text",
    Severity.ERROR,
    title="The text part names the address in List-Unsubscribe",
    why="Who reads the text has no other way out.",
    source="CAN-SPAM 15 U.S.C. 7704(a)(3); GDPR art. 7(3)",
)
def unsubscribe_in_text(mail: Document) -> Iterator[Spot]:
    """Find a text that doesn't."""
    way_out = _way_out(mail)
    if mail.plain and way_out and way_out not in _addresses(mail.plain.text):
        what = "it doesn't name the address in List-Unsubscribe"
        yield Spot(what, f"write {shown(way_out)}", mail.plain.body_line, "text part")


@rule(
    "postal-address",
    Severity.WARNING,
    title="A postal address stands at the end",
    why="Bulk mail to the United States has to name one, and so does German and Austrian law.",
    source="CAN-SPAM 15 U.S.C. 7704(a)(5)(A)(iii), 16 CFR 316.2(p); DDG §5 (Germany); ECG §5 (Austria)",
)
def postal_address(mail: Document) -> Iterator[Spot]:
    """Find an end in which nothing looks like one."""
    text = mail.page.visible_text() if mail.page else mail.plain.text if mail.plain else ""
    if text.strip() and not _POSTAL.search(" ".join(text.split())[-_FOOTER:]):
        what = "nothing in its last lines looks like a postal address"
        yield on_page(mail, what, "write street, town and code, or a post-office box", None)


@rule(
    "visible-sender",
    Severity.WARNING,
    title="The page says who sends it",
    why="People who don't know whom it is from press “spam”; the law asks for it, too.",
    source="CAN-SPAM 15 U.S.C. 7704(a)(1); ePrivacy Directive 2002/58/EC art. 13(4)",
)
def visible_sender(mail: Document) -> Iterator[Spot]:
    """Find a page in which neither the sender's name nor domain stands, and a From without a name."""
    field = mail.whole.first("from")
    found = mailboxes(field.value) if field else []
    if mail.page is None or field is None or not found:
        return
    if not found[0].name:
        yield Spot("From has no name", 'write it as "Name <name@example.org>"', field.line, "header")
        return
    text = " ".join(mail.page.visible_text().split()).lower()
    if " ".join(found[0].name.split()).lower() not in text and found[0].domain not in text:
        yield on_page(mail, f"{shown(found[0].name)!r} stands nowhere in it", "name the sender", None)


@rule(
    "text-links",
    Severity.WARNING,
    title="Every link of the page is in the text part",
    why="Who reads the text can't go where the others can.",
    source="RFC 2046 §5.1.4: the parts are the same information",
)
def text_links(mail: Document) -> Iterator[Spot]:
    """Find links of the page that the text hasn't got."""
    if mail.page is None or mail.plain is None:
        return
    there = _addresses(mail.plain.text)
    links = dict.fromkeys(each.attributes.get("href", "").strip() for each in mail.page.named("a"))
    for link in links:
        if link.lower().startswith(("http://", "https://")) and link not in there:
            yield Spot(f"it lacks the link to {shown(link)}", "write it", mail.plain.body_line, "text part")


@rule(
    "text-words",
    Severity.WARNING,
    title="The text part holds 95 % of the page's words",
    why="Filters compare the two, and who reads the text gets less.",
    source="RFC 2046 §5.1.4; SpamAssassin 4.0, MPART_ALT_DIFF",
)
def text_words(mail: Document) -> Iterator[Spot]:
    """Find less; words of four letters and more, each once."""
    if mail.page is None or mail.plain is None:
        return
    page, text = _words(mail.page.visible_text()), _words(mail.plain.text)
    missing = sorted(page - text)
    if page and len(missing) > len(page) * (1 - _LEAST_WORDS):
        share = 1 - len(missing) / len(page)
        what = f"it holds {share:.0%} of the page's words, and not {', '.join(missing[:5])}"
        yield Spot(what, "write the text from the same posts", mail.plain.body_line, "text part")


@rule(
    "text-width",
    Severity.HINT,
    title="No line of the text is wider than 78 columns, but for addresses",
    why="Programs break it a second time, into ragged lines.",
    source="RFC 5322 §2.1.1; RFC 3676 §4.2",
)
def text_width(mail: Document) -> Iterator[Spot]:
    """Find wider ones."""
    if mail.plain is None:
        return
    for number, line in enumerate(mail.plain.text.split("\n"), 1):
        if len(line) * 2 > COLUMNS and width(line) > COLUMNS and "://" not in line:
            yield Spot(
                f"it has {width(line)} columns", "wrap it", mail.plain.body_line, f"text part, line {number}"
            )


@rule(
    "text-markup",
    Severity.WARNING,
    title="No markup is in the text part",
    why="People see <p>, &nbsp; and brackets.",
    source="RFC 2046 §4.1.3: text/plain is shown as it is",
)
def text_markup(mail: Document) -> Iterator[Spot]:
    """Find tags, entities and Markdown that the page doesn't show as well."""
    if mail.plain is None:
        return
    shown_too = set(_MARKUP.findall(mail.page.visible_text())) if mail.page else set()
    for number, line in enumerate(mail.plain.text.split("\n"), 1):
        for found in _MARKUP.findall(line):
            if found not in shown_too:
                where = f"text part, line {number}"
                yield Spot(f"it holds {shown(found)!r}", "take it out", mail.plain.body_line, where)


@rule(
    "placeholder",
    Severity.ERROR,
    title="Every placeholder was filled",
    why="People see {{ name }}, and know that they are one of many.",
    source="what templates leave behind: Jinja, Liquid, Mailchimp, ERB, and this project's own slots",
)
def placeholder(mail: Document) -> Iterator[Spot]:
    """Find {{, {%, SLOT… and their kin; a page may show them in code."""
    remedy = "fill it, or take it out of the template"
    for field in mail.whole.fields:
        for found in _PLACEHOLDER.findall(field.value):
            yield Spot(f"{field.name} holds {shown(found)!r}", remedy, field.line, "header")
    if mail.page:
        for text in mail.page.texts:
            for found in [] if text.code else _PLACEHOLDER.findall(text.value):
                yield on_page(mail, f"it holds {shown(found)!r}", remedy, text.line)
        for each in mail.page.elements:
            for found in _PLACEHOLDER.findall(" ".join(each.attributes.values())):
                yield on_page(mail, f"<{each.name}> holds {shown(found)!r}", remedy, each.line)
    yield from _in_text(mail, _PLACEHOLDER, remedy)


@rule(
    "empty-value",
    Severity.WARNING,
    title="No value that nobody had is shown",
    why="People see None or undefined where a name belongs.",
    source="what Python and JavaScript write for nothing",
)
def empty_value(mail: Document) -> Iterator[Spot]:
    """Find them where nothing else stands."""
    for text in mail.page.texts if mail.page else ():
        if text.visible and not text.code and _NOTHING.fullmatch(text.value[:40].strip()):
            yield on_page(
                mail, f"it says {text.value.strip()!r}", "leave the element out without a value", text.line
            )
    for number, line in enumerate(mail.plain.text.split("\n") if mail.plain else (), 1):
        if mail.plain and _NOTHING.fullmatch(line.strip()):
            where = f"text part, line {number}"
            yield Spot(f"it says {line.strip()!r}", "leave the line out", mail.plain.body_line, where)


@rule(
    "escaped-twice",
    Severity.ERROR,
    title="Nothing is escaped twice",
    why="People see &amp; for &.",
    source="HTML Living Standard §13.1.4",
)
def escaped_twice(mail: Document) -> Iterator[Spot]:
    """Find entities that stay after reading; code may show them."""
    for text in mail.page.texts if mail.page else ():
        for found in [] if text.code or not text.visible else _TWICE.findall(unescape(text.source)):
            yield on_page(mail, f"people see {found!r}", "escape it once", text.line)


@rule(
    "misread-letters",
    Severity.ERROR,
    title="No letters were read in the wrong charset",
    why="People see Ã¼ for ü and � for what was lost.",
    source="Unicode Standard §3.9; RFC 2046 §4.1.2",
)
def misread_letters(mail: Document) -> Iterator[Spot]:
    """Find what UTF-8 looks like when it is read as Latin-1."""
    for text in mail.page.texts if mail.page else ():
        found = _MISREAD.search(text.value)
        if found and text.visible:
            yield on_page(mail, f"it holds {found[0]!r}", "read the post as UTF-8, once", text.line)
    found = _MISREAD.search(mail.plain.text) if mail.plain else None
    if found and mail.plain:
        line = mail.plain.body_line
        yield Spot(f"it holds {found[0]!r}", "read the post as UTF-8, once", line, "text part")


def _way_out(mail: Document) -> str:
    """Give the https address of List-Unsubscribe; "" where there is none."""
    field = mail.whole.first("list-unsubscribe")
    found = in_brackets(field.value) if field else []
    return next((each.strip() for each in found if each.lower().startswith("https:")), "")


def _addresses(text: str) -> set[str]:
    """Give the web addresses of a text, also without the mark that ends a sentence."""
    found = set(_URL.findall(text))
    return found | {each.rstrip(".,;:!?)]'") for each in found}


def _words(text: str) -> set[str]:
    lowered = text.lower()
    return set(_WORD.findall(_LETTER.sub(" ", lowered))) | set(_LETTER.findall(lowered))


def _in_text(mail: Document, pattern: re.Pattern[str], remedy: str) -> Iterator[Spot]:
    """Find what the text part holds and the page doesn't show as code."""
    if mail.plain is None:
        return
    shown_too = set(pattern.findall(mail.page.shown_code())) if mail.page else set()
    for number, line in enumerate(mail.plain.text.split("\n"), 1):
        for found in pattern.findall(line):
            if found not in shown_too:
                where = f"text part, line {number}"
                yield Spot(f"it holds {shown(found)!r}", remedy, mail.plain.body_line, where)


RULES: tuple[Rule, ...] = (
    clip_size,
    unsubscribe_clipped,
    unsubscribe_link,
    unsubscribe_in_text,
    postal_address,
    visible_sender,
    text_links,
    text_words,
    text_width,
    text_markup,
    placeholder,
    empty_value,
    escaped_twice,
    misread_letters,
)
