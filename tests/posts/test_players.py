import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from syndicate.posts.players import is_player, linked
from syndicate.posts.sanitising import sanitise

VIDEO = "https://www.youtube.com/embed/dQw4_-1"
HOSTS = {
    "www.youtube.com", "youtube.com", "www.youtube-nocookie.com", "youtube-nocookie.com", "player.vimeo.com",
    "www.dailymotion.com", "w.soundcloud.com", "open.spotify.com", "archive.org",
}  # fmt: skip


def frames(html: str) -> list[dict[str, str]]:
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    found = list(tree.iter("iframe"))
    assert all(not len(frame) and not frame.text for frame in found)
    return [dict(frame.attrib) for frame in found]


def kept(html: str) -> list[dict[str, str]]:
    return frames(sanitise(html, base="https://harbour.example/a/").html)


@pytest.mark.parametrize(
    ("address", "page", "shown"),
    [
        (VIDEO, "https://www.youtube.com/watch?v=dQw4_-1", "YouTube video"),
        (f"{VIDEO}?autoplay=0&start=090", "https://www.youtube.com/watch?v=dQw4_-1&t=90", "YouTube video"),
        ("https://www.youtube-nocookie.com/embed/d", "https://www.youtube.com/watch?v=d", "YouTube video"),
        (
            "https://www.youtube.com/embed/videoseries?list=PL1",
            "https://www.youtube.com/playlist?list=PL1",
            "YouTube video",
        ),
        ("https://player.vimeo.com/video/1?dnt=0", "https://vimeo.com/1", "Vimeo video"),
        (
            "https://www.dailymotion.com/embed/video/x8",
            "https://www.dailymotion.com/video/x8",
            "Dailymotion video",
        ),
        (
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
            "SoundCloud audio",
        ),
        ("https://open.spotify.com/embed/episode/4r", "https://open.spotify.com/episode/4r", "Spotify audio"),
        (
            "https://archive.org/embed/tides.1906",
            "https://archive.org/details/tides.1906",
            "Recording in the Internet Archive",
        ),
    ],
)
def test_a_players_frame_stays_or_is_a_link_to_its_page(address: str, page: str, shown: str) -> None:
    safe = sanitise(f'<iframe src="{address}">', base="https://harbour.example/").html

    assert [frame["src"] for frame in frames(safe)] == [address]
    (link,) = lxml_html.fragment_fromstring(linked(safe), create_parent="div").iter("a")
    assert (link.get("href"), link.text) == (page, shown)


def test_a_frame_keeps_what_it_says_of_its_size_and_of_nothing_that_looks_at_a_reader() -> None:
    (frame,) = kept(
        f'<iframe width="560" height=315 src="{VIDEO}" class="v" style="position:fixed" name=top onload=x '
        'allow="camera; microphone; fullscreen; autoplay https://evil.example" allowfullscreen '
        'referrerpolicy="strict-origin-when-cross-origin" loading=lazy title="The &quot;tide&quot;" '
        'sandbox="allow-top-navigation" srcdoc="<script>" data-src="x"></iframe>'
    )

    assert frame == {
        "src": VIDEO,
        "width": "560",
        "height": "315",
        "allow": "fullscreen",
        "allowfullscreen": "",
        "referrerpolicy": "strict-origin-when-cross-origin",
        "loading": "lazy",
        "title": 'The "tide"',
    }


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//www.youtube.com/embed/d",
        "data:text/html,<script>alert(1)</script>",
        "about:srcdoc",
        "http://www.youtube.com/embed/d",
        "https://www.youtube.com.evil.example/embed/d",
        "https://evil.example/www.youtube.com/embed/d",
        "https://evil.example#https://www.youtube.com/embed/d",
        "https://notyoutube.com/embed/d",
        "https://wwwxyoutube.com/embed/d",
        "https://www.youtube.com@evil.example/embed/d",
        "https://www.youtube.com:x@evil.example/embed/d",
        "https://www.youtube.com:8443/embed/d",
        "https://www.youtube.com\\@evil.example/embed/d",
        "https:\\\\evil.example\\www.youtube.com\\embed\\d",
        "https://www.youtube.com/embed/../redirect?q=https://evil.example",
        "https://www.youtube.com/embed/%2e%2e/redirect",
        "https://www.youtube.com/embed/",
        "https://www.youtube.com/redirect?q=https://evil.example",
        "https://www.youtube.com/embed/d#top",
        "https://www.youtube.com/embed/d\n/x",
        "https://www.youtu\u0431e.com/embed/d",
        "//evil.example/embed/d",
        "/embed/d",
        "",
    ],
)
@pytest.mark.parametrize("form", ['<iframe src="{}"></iframe>', "<IFRAME title='>' SRC='{}'>x", "{}"])
def test_no_other_frame_stays(address: str, form: str) -> None:
    html = form.format(address.replace('"', "&quot;").replace("'", "&#39;"))

    assert kept(f"<p>a {html}") == []


@pytest.mark.parametrize(
    "html",
    [
        f'<iframe src="{VIDEO}" srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
        f'<iframe src="{VIDEO}"><script>alert(1)</script><img src=x onerror=alert(1)></iframe>',
        f'<iframe src="{VIDEO}"><iframe src="https://evil.example/"></iframe></iframe>',
        f'<iframe title=">" src="{VIDEO}"><b title="</iframe><img src=x onerror=alert(1)>">',
        f'<b title="<iframe>">x</b><iframe src="{VIDEO}"></iframe>',
        f'<iframe src="{VIDEO}" src="javascript:alert(1)"></iframe>',
        f'<iframe src="{VIDEO.replace("h", "&#104;", 1).replace(".", "&period;")}"></iframe>',
        f"<svg><iframe src={VIDEO}></iframe></svg><iframe src={VIDEO}>",
        f'<iframe src="{VIDEO}"',
        f'<noscript><iframe src="{VIDEO}"></noscript>',
    ],
)
def test_a_frame_that_stays_brings_nothing_with_it(html: str) -> None:
    safe = sanitise(html, base="https://harbour.example/").html

    assert all(set(frame) <= {"src", "title"} and frame["src"] == VIDEO for frame in frames(safe))
    assert "script" not in safe
    assert "onerror" not in safe.replace('title="&lt;/iframe&gt;&lt;img src=x onerror', "")
    assert sanitise(safe, base="https://other.example/").html == safe


@given(
    st.text(alphabet="<>\"'=/ \\&;#.:@ifrmesrctltwyou", max_size=80),
    st.sampled_from([VIDEO, "https://evil.example/", "https://player.vimeo.com/video/1"]),
)
def test_whatever_stands_around_a_frame_only_players_are_framed(noise: str, address: str) -> None:
    half = len(noise) // 2
    html = f'{noise[:half]}<iframe {noise[half:]} src="{address}">{noise}</iframe>{noise}'

    safe = sanitise(html, base="https://harbour.example/").html

    assert all(is_player(frame.get("src", "")) for frame in frames(safe))
    assert "<iframe" not in linked(safe)


@given(st.from_regex(r"https?://[a-z.@:\\/-]{0,30}(youtube|vimeo)\.com[a-z.@:\\/?#%-]{0,30}", fullmatch=True))
def test_a_player_is_on_a_host_of_ours(address: str) -> None:
    assert not is_player(address) or address.split("/")[2] in HOSTS


def test_frames_that_never_end_cost_time_in_proportion() -> None:
    def cost(count: int) -> float:
        begun = time.perf_counter()
        linked(sanitise(f'<iframe src="{VIDEO}" title="' * count, base="https://harbour.example/").html)
        return time.perf_counter() - begun

    cost(100)
    assert cost(8_000) < 30 * cost(1_000) + 0.2
