"""Which language tags are refused, and what was probably meant; nothing is loaded for one that is right."""

from syndicate.model.language import language_tag, primary

#: ISO 639-1, with the codes it had before (BCP 47 §2.2.1 keeps them). Of three letters any is believed.
_TWO_LETTERS = frozenset(
    (  # noqa: SIM905 - a list of codes reads best as a text
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li "
        "ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa "
        "pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th "
        "ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    ).split()
)
_TWO = 2


def is_language(tag: str) -> bool:
    """Say whether a tag is well formed (BCP 47 §2.1) and names a language."""
    language = primary(language_tag(tag))
    return language != "und" and (len(language) > _TWO or language in _TWO_LETTERS)


def likely_language(text: str) -> str:
    """Say what to write instead of a tag that is none: "German" was meant for "de"."""
    meant = _named(text.strip().casefold())
    return f'did you mean "{meant}"?' if meant else 'use a BCP 47 tag such as "en", "pt-BR" or "zh-Hant"'


def _named(name: str) -> str | None:
    """Give the tag of a language by its English or its own name."""
    from babel import Locale

    found: dict[str, str] = {
        title.casefold(): tag.replace("_", "-") for tag, title in Locale("en").languages.items()
    }
    if name in found:
        return found[name]
    for tag in _TWO_LETTERS:
        own = _own_name(tag)
        if own and own.casefold() == name:
            return tag
    return None


def _own_name(tag: str) -> str | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag).get_language_name()
    except (UnknownLocaleError, ValueError):
        return None
