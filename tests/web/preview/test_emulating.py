import pytest

from syndicate.web.preview.emulating import at_hand, emulated

PAGE = """<head><meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<style>@media (prefers-color-scheme: dark){p{color:#fff}}
@media screen and (PREFERS-color-scheme:light){p{color:#000}}
:root{color-scheme:light dark}</style></head>
<p>Write @media (prefers-color-scheme: dark) and color-scheme: light dark.</p>"""
SITE = "https://gazette.example/news"


@pytest.mark.parametrize(("scheme", "dark", "light"), [("dark", "min", "max"), ("light", "max", "min")])
def test_the_question_for_a_colour_scheme_has_a_fixed_answer(scheme, dark: str, light: str) -> None:
    page = emulated(PAGE, scheme=scheme)

    assert f"@media ({dark}-width:0){{p{{color:#fff}}}}" in page
    assert f"@media screen and ({light}-width:0){{p{{color:#000}}}}" in page
    assert f":root{{color-scheme:{scheme}}}" in page
    assert page.count(f'content="{scheme}"') == 2


def test_a_post_about_style_sheets_keeps_its_words() -> None:
    page = emulated(PAGE, scheme="dark")

    assert "<p>Write @media (prefers-color-scheme: dark) and color-scheme: light dark.</p>" in page


def test_the_sites_own_pictures_come_from_the_folder_and_no_others() -> None:
    html = (
        f'<head></head><img alt="a" src="{SITE}/a.png"><img src="https://elsewhere.example/b.png">'
        f'<a href="{SITE}/c.png">{SITE}/c.png</a>'
    )

    page = at_hand(html, site_url=SITE, folder="/site/")

    assert '<img alt="a" src="/site/a.png"><img src="https://elsewhere.example/b.png">' in page
    assert f'<a href="{SITE}/c.png">{SITE}/c.png</a>' in page


def test_links_open_beside_the_page() -> None:
    assert at_hand("<head><title>A</title></head>", site_url="", folder="/site/").startswith(
        '<head><base target="_blank"><title>'
    )
