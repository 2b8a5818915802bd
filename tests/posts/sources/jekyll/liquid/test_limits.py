"""Templates that want too much cost little, and one clear line."""

import time
from typing import Any

import pytest

Folder = Any

NAME = "_posts/2024-01-01-a.md"
ENDLESS = "{% for i in (1..1000000000) %}x{% endfor %}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ENDLESS, "loops more than 100,000 times"),
        (ENDLESS.replace(" %}x", " reversed %}x"), "loops more than 100,000 times"),
        ("{% tablerow i in (1..1000000000) %}x{% endtablerow %}", "loops more than 100,000 times"),
        ("{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}", "loops more than"),
        ("{% for i in (1..9999) %}{% endfor %}" * 20, "loops more than 100,000 times"),
        (
            "{% assign x = 'aaaa' %}" + "{% assign x = x | append: x %}" * 40,
            "makes more than 2,000,000 characters",
        ),
        ("{{ 'aaaaaaaaaa' " + "| replace: 'a', 'aaaaaaaaaa' " * 12 + "}}", "makes more than 2,000,000"),
        ("{% assign x = 9 %}" + "{% assign x = x | times: x %}" * 40, "counts too far"),
        ("{{ (1..1000000000) | join: 'x' }}", "makes a list of more than 50,000"),
        (
            "{% assign a = 'a' | split: '' %}" + "{% assign a = a | concat: a %}" * 40,
            "makes a list of more than",
        ),
        ("{% assign a = 'a' | split: '' %}" + "{% assign a = a | push: a %}" * 40, "nests lists too deeply"),
        ("{% include again.html %}", "includes more than 30 deep"),
        ("{% if a %}" * 200 + "{% endif %}" * 200, "block nesting limit reached"),
        ("{{ a }}" * 51_000, "takes more than 1,000,000 steps"),
        ("{{ 'x' " + "| append: 'y' " * 1_000 + "}}", "a template is too long"),
        (
            "{% capture c %}" + "x" * 1_500_000 + "{% endcapture %}{{ c }}{{ c }}",
            "output stream limit reached",
        ),
    ],
)
def test_too_much_is_broken_off_and_named(folder: Folder, text: str, why: str) -> None:
    folder.write("_includes/again.html", "{% include again.html %}")
    folder.post("2024-01-01-a", f"Before.\n\n{text}\n\nAfter.")

    began = time.process_time()
    post = folder.read_post(NAME)
    html = folder.html(NAME)

    assert time.process_time() - began < 10
    assert "<p>Before.</p>" in html
    assert "<p>After.</p>" in html
    assert "{{" not in html
    assert len(post.warnings) == 1
    assert f"its Liquid can't be run ({why}" in post.warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "{{ " * 100_000,
        "{% " * 100_000,
        "{% raw %}" * 50_000,
        "{% comment %}" * 50_000,
        "{{ a" + " " * 500_000,
        "{% nobody %}" * 20_000,
        "{% nobody %}x{% endnobody %}" * 10_000,
        ("{{ " + "(" * 49 + " }}") * 10_000,
        ("{{ a" + '["a' * 49 + " }}") * 2_000,
        "{% include x.html " + 'a="' * 30_000 + " %}",
        "{% include " + "{{" * 50_000 + " %}",
        "{% highlight ruby %}" + "*" * 300_000 + "{% endhighlight %}",
    ],
)
def test_what_is_never_closed_costs_linear_time(folder: Folder, text: str) -> None:
    folder.post("2024-01-01-a", text)

    began = time.process_time()
    folder.read_post(NAME)

    assert time.process_time() - began < 6
