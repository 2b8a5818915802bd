from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.sources.jekyll.liquid.stripping import stripped

PIECES = st.lists(
    st.sampled_from(
        ["{", "}", "%", "{{", "}}", "{%", "%}", " raw ", " endraw ", "comment", "endcomment", "-", "x"]
    )
)


@given(PIECES.map("".join))
def test_no_template_ever_opens_in_what_is_left(source: str) -> None:
    left = stripped(source)

    assert "{{" not in left
    assert "{%" not in left


def test_the_text_around_templates_stays() -> None:
    source = "a{% if x %}b{{ c }}{% endif %}d{% raw %}e{% endraw %}{% comment %}f{% endcomment %}g { h } %"

    assert stripped(source) == "abdeg { h } %"
