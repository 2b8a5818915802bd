"""What the project writes has no finding of the project's own linter."""

from dataclasses import replace
from functools import partial

import pytest

from syndicate.mail.linting import lint
from syndicate.mail.wire import Wire
from syndicate.model.finding import Severity
from syndicate.model.post import Image
from syndicate.settings.schema import MailSettings, Settings

ARABIC = "<p>عاد الصيادون إلى <a href='https://port.example/log'>الميناء</a> صباح اليوم.</p>"
CHINESE = "<p>渡輪在<a href='https://port.example/log'>船塢</a>停泊九天後於六點返回泊位。</p>" * 20
RICH = (
    "<h2>Winds</h2><ul><li>south</li><li>west</li></ul>"
    "<blockquote><p>Quiet &amp; <b>calm</b>.</p></blockquote>"
    "<pre><code>{{ page.title }} &amp;amp; &lt;p&gt;None&lt;/p&gt;</code></pre>"
    "<table><tr><th>Tide</th></tr><tr><td>3.1 m</td></tr></table><p><img src='https://port.example/a.png'></p>"
    "<p>H<sub>2</sub>O <small>small</small> <sup>1</sup></p>"
)


@pytest.fixture
def findings(personal):
    """Give a function that fills a digest for a reader and gives what there is to say about it."""
    return lambda digest: lint(Wire.parse(digest.wire).fill(personal))


@pytest.fixture(params=["paper", "signal"])
def themed(request, digest, list_settings):
    """Give a function that renders posts in each shipped theme."""
    return partial(digest, list_settings=replace(list_settings, theme=request.param))


@pytest.mark.parametrize("count", [1, 2, 5, 25, 120])
def test_an_edition_of_any_size_has_no_finding(findings, themed, make_post, count):
    assert findings(themed(*[make_post(number) for number in range(1, count + 1)])) == []


@pytest.mark.parametrize("html", [ARABIC, CHINESE, RICH], ids=["arabic", "chinese", "rich"])
@pytest.mark.parametrize("count", [1, 3])
def test_an_edition_in_any_script_has_no_finding(findings, themed, make_post, html, count):
    posts = [
        make_post(number, html=html, title="渡輪 & <海鷗>", language="ar") for number in range(1, count + 1)
    ]

    assert findings(themed(*posts)) == []


def test_an_edition_of_a_long_title_and_pictures_has_no_finding(findings, digest, make_post):
    image = Image(url="https://gazette.example/" + "a" * 300 + ".jpg", alt="Très loin")

    assert findings(digest(make_post(title="Fähre " * 40, image=image))) == []


def test_an_edition_without_a_postal_address_is_told_so(findings, digest, make_post):
    sender = "The Harbour Gazette <news@gazette.example>"
    settings = Settings(mail=MailSettings(sender=sender, reply_to="editors@gazette.example"))

    found = findings(digest(make_post(), settings=settings))

    assert [(each.rule, each.severity) for each in found] == [("postal-address", Severity.WARNING)]
