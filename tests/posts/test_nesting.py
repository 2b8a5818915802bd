from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.nesting import cap_nesting, cap_roughly

LIMIT = 3
PIECES = st.sampled_from(["<b>", "</b>", '<i title="</b> <b>">', "</I>", "<br>", "<IMG alt>", "text", "\n"])


@given(st.lists(PIECES, max_size=30))
def test_a_tag_is_kept_where_it_opens_at_no_more_than_the_limit_or_closes_one_that_is(
    pieces: list[str],
) -> None:
    expected, open_tags = [], []
    for piece in pieces:
        kept = True
        if piece.startswith("</"):
            kept = bool(open_tags) and open_tags.pop()
        elif piece.startswith("<") and piece[1:3].lower() not in {"br", "im"}:
            kept = sum(open_tags) < LIMIT
            open_tags.append(kept)
        expected += [piece] * kept

    assert cap_nesting("".join(pieces), limit=LIMIT) == _plain(pieces, expected)


def _plain(pieces: list[str], expected: list[str]) -> str:
    few = "".join(pieces).count("<") <= LIMIT  # so few that nobody looks
    return "".join(pieces if few else expected)


def test_what_is_no_deeper_than_the_limit_is_the_same_object() -> None:
    html = "<p>one<br></p>" * 200

    assert cap_nesting(html) is html
    assert cap_roughly(html, limit=100) is html
