import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.template_tags import reduced


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("no braces", "no braces"),
        ("a {{ b }} c", "a  c"),
        ("a {% if x %}b{% else %}c{% endif %} d", "a bc d"),
        ("[x]({{ '/y/' | url }})", "[x](/y/)"),
        ("{% raw %}{{ b }}{% endraw %}", "{{ b }}"),
        ("{% comment %}{{ b }}{% endcomment %}c", "c"),
        ("{# a comment #}c", "c"),
        ("{% css %}p { color: red }{% endcss %}c", "c"),
        ("# Heading {#id}", "# Heading {#id}"),
        ('{% highlight "js" %}\nx\n{% endhighlight %}', "\n```js\nx\n```\n"),
        ("{%- callout -%}x{%- endcallout -%}", "x"),
        ("{{ a", " a"),
        ("{% raw %}x", "x"),
    ],
)
def test_templates_go_and_the_text_between_them_stays(source, text):
    assert reduced(source).text == text


def test_what_was_taken_out_is_named_once():
    removed = reduced("{{ a }}{{ a }}{% box 'x' %}b{% endbox %}").removed

    assert removed == ("{{ a }}", "{% box 'x' %}")


@given(st.text(alphabet="{}%#'\" ab\n|"))
def test_no_template_is_left(source):
    text = reduced(source).text

    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.parametrize("piece", ["{{", "{%", "{#", "{% raw %}", "{{ ' ", "{% a ", "{# ", "{% highlight %}"])
def test_hostile_templates_take_no_time(piece):
    started = time.process_time()

    reduced(piece * 40_000)

    assert time.process_time() - started < 5
