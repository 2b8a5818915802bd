from pathlib import Path

import pytest

from syndicate.errors import TemplateError
from syndicate.templating import environment, rendered, shipped


def template(folder: Path, name: str, source: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")


def test_the_users_own_file_stands_before_the_shipped_one(tmp_path: Path) -> None:
    template(tmp_path, "email/digest.html", "mine")

    assert rendered(environment(tmp_path), "email/digest.html", {}) == "mine"


def test_a_file_the_user_does_not_override_is_the_shipped_one(tmp_path: Path) -> None:
    loader = environment(tmp_path).loader

    assert loader is not None
    assert "email/digest.html" in loader.list_templates()
    assert (shipped() / "email" / "digest.html").is_file()


def test_values_are_escaped(tmp_path: Path) -> None:
    template(tmp_path, "page.html", "{{ title }}")

    assert rendered(environment(tmp_path), "page.html", {"title": "<b>"}) == "&lt;b&gt;"


def test_a_syntax_error_names_its_file_and_line(tmp_path: Path) -> None:
    template(tmp_path, "page.html", "one\n{% for x in %}\n")

    with pytest.raises(TemplateError, match=r"page\.html:2: .*; mend the template"):
        rendered(environment(tmp_path), "page.html", {})


def test_an_unknown_name_names_its_file_and_line(tmp_path: Path) -> None:
    template(tmp_path, "page.html", "one\ntwo\n{{ titel }}\n")

    with pytest.raises(TemplateError, match=r"page\.html:3: 'titel' is undefined; check the name"):
        rendered(environment(tmp_path), "page.html", {})


def test_a_file_that_is_not_utf_8_is_named_also_as_a_part_of_another(tmp_path: Path) -> None:
    template(tmp_path, "page.html", '{% include "part.html" %}')
    (tmp_path / "part.html").write_bytes(b"one\n\xff\xfe")

    with pytest.raises(TemplateError, match=r"part\.html:2: is not UTF-8; mend the template"):
        rendered(environment(tmp_path), "page.html", {})


def test_a_style_sheet_that_would_end_its_block_is_no_template(tmp_path: Path) -> None:
    template(tmp_path, "page.html", '<style>{% include "part.css" %}</style>')
    template(tmp_path, "part.css", "a { color: red }\n\nb {} </STYLE >")

    with pytest.raises(TemplateError, match=r"part\.css:3: holds </style, which .*; mend the template"):
        rendered(environment(tmp_path), "page.html", {})


@pytest.mark.parametrize(
    "source",
    ["'a' * 10**10", "10**10 * 'a'", "[1, 2] * 10**9", "10 ** 1_000_000_000", "2 ** 9999 * 2 ** 9999"],
)
def test_an_expression_that_would_take_all_memory_names_its_file_and_line(tmp_path: Path, source) -> None:
    template(tmp_path, "page.html", f"one\n{{{{ {source} }}}}")

    with pytest.raises(TemplateError, match=r"page\.html:2: its \*+ makes something far larger than a mail"):
        rendered(environment(tmp_path), "page.html", {})


def test_what_an_operator_makes_stays_what_it_is(tmp_path: Path) -> None:
    template(tmp_path, "page.html", "{{ 6 * 7 }} {{ '-' * 3 }} {{ 2 ** 10 }} {{ 1.5 * 2 }} {{ 2 ** -1 }}")

    assert rendered(environment(tmp_path), "page.html", {}) == "42 --- 1024 3.0 0.5"


def test_an_error_inside_a_partial_names_the_partial(tmp_path: Path) -> None:
    template(tmp_path, "page.html", '{% include "part.html" %}')
    template(tmp_path, "part.html", "\n{{ posts[3] }}\n")

    with pytest.raises(TemplateError, match=r"part\.html:2: "):
        rendered(environment(tmp_path), "page.html", {"posts": []})


def test_a_partial_that_is_missing_is_named_with_the_line_that_asks_for_it(tmp_path: Path) -> None:
    template(tmp_path, "page.html", '\n{% include "gone.html" %}')

    with pytest.raises(TemplateError, match=r"page\.html:2: there is no template gone\.html"):
        rendered(environment(tmp_path), "page.html", {})


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"^nowhere\.html: there is no template nowhere\.html"):
        rendered(environment(tmp_path), "nowhere.html", {})


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ posts.append(1) }}",
        "{{ 1 / 0 }}",
        "{{ 'a' * 10**15 }}",
        "{{ 1 + 'a' }}",
        '{% include "../../../etc/passwd" %}',
    ],
)
def test_what_a_template_may_not_do_is_one_clear_line(tmp_path: Path, source: str) -> None:
    template(tmp_path, "page.html", source)

    with pytest.raises(TemplateError, match=r"page\.html:1: ") as caught:
        rendered(environment(tmp_path), "page.html", {"posts": []})

    assert "\n" not in str(caught.value)


def test_a_template_that_is_not_utf_8_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"\xff\xfe")

    with pytest.raises(TemplateError, match=r"page\.html:1: is not UTF-8"):
        rendered(environment(tmp_path), "page.html", {})
