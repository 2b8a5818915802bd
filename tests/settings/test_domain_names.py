"""Names beyond ASCII, by the rules that browsers have."""

import pytest

from syndicate.settings.domain_names import a_labels, linked_host, linked_place


@pytest.mark.parametrize(
    ("host", "ascii_form"),
    [
        ("Straße.example", "xn--strae-oqa.example"),
        ("faß。example", "xn--fa-hia.example"),
        ("i❤.example", "xn--i-7iq.example"),
        ("ex_ample.bücher.example", "ex_ample.xn--bcher-kva.example"),
        ("Harbour.example", "Harbour.example"),
    ],
)
def test_a_link_leads_where_browsers_would_go(host, ascii_form):
    assert linked_host(host) == ascii_form
    assert linked_place(f"{host}:8443") == f"{ascii_form}:8443"


@pytest.mark.parametrize("host", ["i❤.example", "ex_ample.bücher.example"])
def test_nobody_has_a_mailbox_at_a_name_of_the_older_rules(host):
    with pytest.raises(ValueError, match="not allowed"):
        a_labels(host)


@pytest.mark.parametrize("host", ["❤straße.example", "a..ü", "ü" * 300])
def test_a_host_that_would_become_another_is_none(host):
    with pytest.raises(ValueError, match=r"not allowed|[Ll]abel|too long"):
        linked_host(host)
