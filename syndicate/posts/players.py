"""Frames of well-known players: which frame may stay in a text, and where a link leads in its place. Pure.

Each address is matched as a whole, by the forms its maker documents: no list of forbidden parts could know
all the ways of writing another host (userinfo, backslashes, dots), and none is needed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape

#: A query of names and values; what a browser would read as anything else ends the match.
_QUERY = r"(?:\?(?P<query>[\w=&%.,:;~+*/-]*))?"
_START = re.compile(r"(?:^|&)start=0*([1-9]\d{0,5})(?:&|$)", re.ASCII)
_LIST = re.compile(r"(?:^|&)list=([\w-]+)", re.ASCII)
#: A frame of a serialised tree, or any other tag: in whose attributes there could be something like a frame.
_FRAME_OR_TAG = re.compile(
    r"<iframe((?: [a-z]+=\"[^\"]*\")*)>.*?</iframe>|<(?:[^<>\"]|\"[^\"]*\")*>", re.DOTALL
)
_SAID = re.compile(r" (src|title)=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """What a host lets others show in a frame."""

    #: What a link to it says where the frame has no title.
    called: str
    #: Matches the whole address of a frame.
    address: str
    #: Gives the page on which the same is seen.
    page: Callable[[re.Match[str]], str]


def _player(called: str, address: str, page: Callable[[re.Match[str]], str]) -> Player:
    return Player(called=called, address=f"https://{address}{_QUERY}", page=page)


def _itself(frame: re.Match[str]) -> str:
    return frame[0]


def _youtube(frame: re.Match[str]) -> str:
    query = frame["query"] or ""
    listed, start = _LIST.search(query), _START.search(query)
    if frame["id"] == "videoseries" and listed:
        return f"https://www.youtube.com/playlist?list={listed[1]}"
    return f"https://www.youtube.com/watch?v={frame['id']}{f'&t={start[1]}' if start else ''}"


#: The order is that in which they are tried.
PLAYERS = (
    _player("YouTube video", r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/(?P<id>[\w-]+)", _youtube),
    _player(
        "Vimeo video",
        r"player\.vimeo\.com/video/(?P<id>\d+)",
        lambda frame: f"https://vimeo.com/{frame['id']}",
    ),
    _player(
        "Dailymotion video",
        r"www\.dailymotion\.com/embed/video/(?P<id>\w+)",
        lambda frame: f"https://www.dailymotion.com/video/{frame['id']}",
    ),
    _player("SoundCloud audio", r"w\.soundcloud\.com/player/", _itself),
    _player(
        "Spotify audio",
        r"open\.spotify\.com/embed/(?P<id>(?:track|album|artist|playlist|episode|show)/\w+)",
        lambda frame: f"https://open.spotify.com/{frame['id']}",
    ),
    _player(
        "Recording in the Internet Archive",
        r"archive\.org/embed/(?P<id>[\w.-]*\w)",
        lambda frame: f"https://archive.org/details/{frame['id']}",
    ),
)


def is_player(address: str) -> bool:
    """Say whether a frame of this absolute address may stay."""
    return _found(address) is not None


def linked(html: str) -> str:
    """Give sanitised ``html`` with a link in place of each frame: mail shows none."""
    return _FRAME_OR_TAG.sub(_link, html) if "<iframe" in html else html


def emptied(html: str) -> str:
    """Give a serialised tree whose frames hold nothing, without those that have lost their address.

    What stands in a frame is no markup to a browser, and is to many an XML parser.
    """
    return _FRAME_OR_TAG.sub(_empty, html) if "<iframe" in html else html


def link_to(address: str, title: str) -> str:
    """Give a link to what a frame shows: a player's own page where there is one."""
    found = _found(address)
    if found is None:
        return _anchor(address, title or address.partition("://")[2].partition("?")[0])
    player, match = found
    return _anchor(player.page(match), title or player.called)


def _found(address: str) -> tuple[Player, re.Match[str]] | None:
    # Most sites have no frame, and never make these expressions; ``re`` remembers them.
    tried = ((player, re.fullmatch(player.address, address, re.ASCII)) for player in PLAYERS)
    return next(((player, match) for player, match in tried if match), None)


def _link(tag: re.Match[str]) -> str:
    if tag[1] is None:
        return tag[0]
    said = {name: unescape(value) for name, value in _SAID.findall(tag[1])}
    return link_to(said["src"], said.get("title", "").strip()) if said.get("src") else ""


def _empty(tag: re.Match[str]) -> str:
    if tag[1] is None:
        return tag[0]
    return f"<iframe{tag[1]}></iframe>" if ' src="' in tag[1] else ""


def _anchor(address: str, shown: str) -> str:
    return f'<a href="{escape(address)}">{escape(shown)}</a>'
