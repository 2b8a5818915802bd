"""Hugo's shortcodes for videos, as Hugo writes them (tpl/tplimpl/embedded/templates/_shortcodes).

The sanitiser makes links of the frames, or lets them stay.
"""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from syndicate.posts.sources.hugo.shortcode_syntax import Tag
from syndicate.posts.sources.hugo.values import at, truth

_BOX = "position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;"
_FILLING = "position: absolute; top: 0; left: 0; width: 100%; height: 100%; border:0;"
_ALLOWED = (
    "accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture; web-share"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """What the site asks of those who show its videos."""

    #: Of YouTube: a host that sets none.
    no_cookies: bool = False
    #: Of Vimeo.
    no_tracking: bool = False


#: Where the site asks for nothing.
UNASKED = Privacy()


def read_privacy(raw: Mapping[str, Any]) -> Privacy:
    """Give the site's set-up; ``raw`` is its configuration, keys in lower case."""
    return Privacy(
        no_cookies=truth(at(raw, "privacy", "youtube", "privacyenhanced")),
        no_tracking=truth(at(raw, "privacy", "vimeo", "enablednt")),
    )


def youtube(tag: Tag, privacy: Privacy) -> str:
    """Give the frame of a video on YouTube."""
    video = tag.value("id", 0)
    said = {
        "autoplay": _switch(tag, "autoplay"),
        "controls": _switch(tag, "controls", on=True),
        "end": _number(tag, "end"),
        "loop": _switch(tag, "loop"),
        "mute": _switch(tag, "mute"),
        **({"playlist": video} if _switch(tag, "loop") else {}),
        "start": _number(tag, "start"),
    }
    host = "www.youtube-nocookie.com" if privacy.no_cookies else "www.youtube.com"
    whole_screen = "; fullscreen" if _is_on(tag, "allowfullscreen", on=True) else ""
    return _framed(
        tag,
        {
            "allow": f"{_ALLOWED}{whole_screen}",
            "loading": tag.value("loading") or "eager",
            "referrerpolicy": "strict-origin-when-cross-origin",
            "src": f"https://{host}/embed/{quote(video, safe='')}?{urlencode(said)}",
            "style": "" if tag.value("class") else _FILLING,
            "title": tag.value("title") or "YouTube video",
        },
    )


def vimeo(tag: Tag, privacy: Privacy) -> str:
    """Give the frame of a video on Vimeo."""
    video = quote(tag.value("id", 0), safe="")
    return _framed(
        tag,
        {
            "src": f"https://player.vimeo.com/video/{video}?dnt={int(privacy.no_tracking)}",
            "style": "" if tag.value("class") else _FILLING,
            "allow": "fullscreen" if _is_on(tag, "allowfullscreen", on=True) else "",
            "loading": tag.value("loading"),
            "title": tag.value("title"),
        },
    )


VIDEOS: Mapping[str, Callable[[Tag, Privacy], str]] = MappingProxyType(
    {"youtube": youtube, "vimeo": vimeo, "vimeo_simple": vimeo}
)


def _framed(tag: Tag, said: Mapping[str, str]) -> str:
    named = tag.value("class")
    box = f'class="{html.escape(named)}"' if named else f'style="{_BOX}"'
    attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in said.items() if value)
    return f"<div {box}>\n<iframe{attributes}></iframe>\n</div>"


def _is_on(tag: Tag, key: str, *, on: bool = False) -> bool:
    said = next((value for name, value in tag.named.items() if name.lower() == key), "")
    return truth(said) if said else on


def _switch(tag: Tag, key: str, *, on: bool = False) -> int:
    return int(_is_on(tag, key, on=on))


def _number(tag: Tag, key: str) -> int:
    said = tag.value(key)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 7 else 0  # noqa: PLR2004 - a week in seconds
