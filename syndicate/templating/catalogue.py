"""Translations: which catalogues there are for a language, and what may stand in them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import TemplateError
from syndicate.model.language import language_tag
from syndicate.templating.locales import ENGLISH, matching
from syndicate.templating.message import BRACES, Message

if TYPE_CHECKING:
    from syndicate.templating.po_file import Entry, PoFile

#: In a folder of templates, one file for each language, named by its tag: ``zh-Hant.po``.
FOLDER = "words"
#: What a phrase can't hold: it is text, and everything in it is shown.
_MARKUP = re.compile(r"[<>]|&#?\w+;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The translations into one language that one file holds."""

    language: str
    #: By source; those that aren't translated yet are not there.
    forms: Mapping[str, tuple[str, ...]]
    #: Which form goes with a number.
    choose: Callable[[int], int] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """How a language is spoken here."""

    #: Of the nearest catalogue; English where there is none.
    language: str
    #: Whether that is not what was asked for.
    foreign: bool
    #: Where a phrase is looked for, in this order; then in English as it comes.
    catalogues: tuple[Catalogue, ...]


def speech(language: str, folders: tuple[Path, ...], messages: Mapping[str, Message]) -> Speech:
    """Give what ``language`` is spoken with: its catalogues, the nearest tag and the first folder first.

    Behind them stand those of English, which an editor may word otherwise. ``TemplateError`` names what is
    wrong in one of them.
    """
    known = frozenset(messages.values())
    own, english = _nearest(language, folders), _nearest(ENGLISH, folders)
    speaks_english = bool(matching(language, [ENGLISH]))
    paths = own if speaks_english else [*own, *english]
    found = tuple(read(path, known) for path in paths or english)
    foreign = not (own or speaks_english)
    spoken = ENGLISH if foreign or not own else language_tag(own[0].stem)
    return Speech(language=spoken, foreign=foreign, catalogues=found)


def files(folder: Path) -> list[Path]:
    """Give the catalogues in a folder of templates."""
    return sorted((folder / FOLDER).glob("*.po"))


def read(path: Path, known: frozenset[Message]) -> Catalogue:
    """Read a catalogue that breaks no rule; ``TemplateError`` names the first one it breaks."""
    tag = _tag(path)
    return _catalogue(_content(path), str(path), tag, known)


def faults(path: Path, known: frozenset[Message]) -> Iterator[str]:
    """Give one line for everything that keeps a catalogue from being used."""
    try:
        po = _parsed(_content(path), where=str(path), tag=_tag(path))
    except TemplateError as error:
        yield str(error)
        return
    yield from _faults(po, str(path), {each.source: each for each in known})


def gaps(path: Path, known: frozenset[Message], *, partial: bool) -> Iterator[str]:
    """Give one line for each message of a readable catalogue that is nobody's, and one for what it lacks.

    One that is ``partial`` only words a few phrases otherwise, and lacks nothing.
    """
    po = _parsed(_content(path), where=str(path), tag=_tag(path))
    sources = {each.source for each in known}
    for entry in po.entries:
        if entry.source not in sources:
            yield f"{path}:{entry.line}: {entry.source!r} is no phrase (any more); take it out"
    said = {entry.source for entry in po.entries if any(entry.forms)}
    if (missing := len(sources - said)) and not partial:
        yield f"{path}: {missing} of {len(sources)} phrases have no translation and are English"


@lru_cache(maxsize=64)  # by the bytes, so that it is never stale
def _catalogue(content: bytes, where: str, tag: str, known: frozenset[Message]) -> Catalogue:
    po = _parsed(content, where=where, tag=tag)
    for fault in _faults(po, where, {each.source: each for each in known}):
        raise TemplateError(fault)
    said = {each.source: each.forms for each in po.entries if all(each.forms)}
    return Catalogue(language=tag, forms=said, choose=po.choose)


def _parsed(content: bytes, *, where: str, tag: str) -> "PoFile":
    from syndicate.templating.po_file import read_po  # pages in English need no catalogue

    return read_po(content, where=where, tag=tag)


def _nearest(language: str, folders: tuple[Path, ...]) -> list[Path]:
    """Give the catalogues of a language, by nearness and then by folder."""
    tags = {path: language_tag(path.stem) for folder in folders for path in files(folder)}
    order = {tag: at for at, tag in enumerate(matching(language, dict.fromkeys(tags.values())))}
    return sorted((path for path in tags if tags[path] in order), key=lambda path: order[tags[path]])


def _tag(path: Path) -> str:
    tag = language_tag(path.stem, otherwise="")
    if not tag:
        raise TemplateError(f"{path}: its name is no language; name it by a BCP 47 tag, such as pt-BR.po")
    return tag


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"{path}: {(error.strerror or str(error)).lower()}; make it readable") from error


def _faults(po: "PoFile", where: str, known: Mapping[str, Message]) -> Iterator[str]:
    for entry in po.entries:
        message = known.get(entry.source)
        if message is not None and any(entry.forms):
            for fault in _entry_faults(entry, message, po.alone):
                yield f"{where}:{entry.line}: {fault}"


def _entry_faults(entry: "Entry", message: Message, alone: tuple[int | None, ...]) -> Iterator[str]:
    if entry.plural != message.plural:
        wanted = f'msgid_plural "{message.plural}"' if message.plural else "no msgid_plural"
        yield f"{entry.source!r} has {wanted} in English; write it so"
        return
    if not all(entry.forms):
        yield f"{entry.source!r} needs {len(entry.forms)} forms in this language; fill in all of them"
    numbers = alone if message.plural else (None,)
    for form, only in zip(entry.forms, numbers, strict=True):
        yield from _form_faults(form, message, alone=only is not None)


def _form_faults(form: str, message: Message, *, alone: bool) -> Iterator[str]:
    """Give what is wrong with a form; one that is for a single number needn't show it."""
    names = frozenset(BRACES.findall(form))
    wanted = message.names
    if form and names != wanted and not (alone and not names):
        named = " and ".join(f"{{{each}}}" for each in sorted(wanted)) or "nothing"
        yield f"{form!r} must have {named} in braces, as in English; write it so"
    if re.search(r"[{}]", BRACES.sub("", form)):
        yield f"{form!r} has a brace that nothing fills in; take it out"
    if _MARKUP.search(form):
        yield f"{form!r} holds markup, which would be shown as it stands; write plain text"
    if not form.isprintable() and form:
        yield f"{form!r} holds a line break or a control character; write one line"
