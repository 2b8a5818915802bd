import pytest

from syndicate.posts.kramdown import to_commonmark
from syndicate.posts.markdown import KRAMDOWN, render


@pytest.mark.parametrize(
    ("source", "bridged"),
    [
        ("a\n\n-\n\nb", "a\n\n\\-\n\nb"),
        ("1.", "1\\."),
        ("- item", "- item"),
        ("{: .note #x key='v' }\ntext", "text"),
        ("# Title {: .big}", "# Title "),
        ("{:toc}", ""),
        ("{:ok, x}", "{:ok, x}"),
        ("`{: .x}` stays", "`{: .x}` stays"),
        ("```\n{: .x}\n-\n```", "```\n{: .x}\n-\n```"),
        ("a\n\n```\nb\n-", "a\n\n\\```\nb\n\\-"),
    ],
)
def test_kramdowns_ways_are_bridged(source: str, bridged: str) -> None:
    assert to_commonmark(source) == bridged


def test_quotes_and_dashes_are_set_as_kramdown_sets_them() -> None:
    assert render('It\'s "so" -- and...') == "<p>It\u2019s \u201cso\u201d \u2013 and\u2026</p>\n"


def test_attribute_lists_that_never_end_cost_nothing() -> None:
    source = "{:" + ".a=b" * 20_000

    assert to_commonmark(source) == source
