"""What becomes of templates in a post, and what is said about them."""

import subprocess
import sys
from typing import Any

import pytest

Folder = Any

NAME = "_posts/2024-01-01-a.md"


def shown(folder: Folder, text: str) -> str:
    folder.post("2024-01-01-a", text, "title: T")
    html: str = folder.html(NAME)
    return html


def warnings(folder: Folder) -> tuple[str, ...]:
    found: tuple[str, ...] = folder.read_post(NAME).warnings
    return found


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a {% youtube x1 %} b", "<p>a  b</p>"),
        ("a {% gallery %}in{{ page.title }}side{% endgallery %} b", "<p>a inTside b</p>"),
    ],
)
def test_a_plugins_tag_is_taken_out_and_its_inside_stays(folder: Folder, text: str, html: str) -> None:
    assert shown(folder, text) == html
    assert len(warnings(folder)) == 1
    assert warnings(folder)[0].startswith(f"{NAME}:4: {text[2:].partition('%}')[0]}%}} is of a plugin")


def test_what_a_template_names_and_is_not_there_is_left_out_and_named(folder: Folder) -> None:
    text = "a\n\nb {% include none.html %}{% post_url 1999-01-01-none %}{% link no.md %} c"

    assert shown(folder, text) == "<p>a</p>\n<p>b  c</p>"
    no_file = "names no file that may be included and was left out; correct the name"
    nothing = "names nothing on the site and was left out; correct the name"
    assert warnings(folder) == (
        f"{NAME}:6: {{% include none.html %}} {no_file}",
        f"{NAME}:6: {{% post_url 1999-01-01-none %}} {nothing}",
        f"{NAME}:6: {{% link no.md %}} {nothing}",
    )


@pytest.mark.parametrize(
    ("text", "html", "why"),
    [
        ("{{ page.title }}\n{% if x %}b", "<p>b</p>", "expected tag endif, found end of expression"),
        ("a\n{{ page.title | }} b", "<p>a\nb</p>", "expected"),
        ("a\n{% endfor %}b", "<p>a\nb</p>", "unexpected tag 'endfor'"),
        ("a\n{{ open b", "<p>a\nopen b</p>", "{{ is never closed"),
    ],
)
def test_a_mistake_keeps_the_text_and_names_the_line(folder: Folder, text: str, html: str, why: str) -> None:
    assert shown(folder, text) == html
    assert len(warnings(folder)) == 1
    assert warnings(folder)[0].startswith(f"{NAME}:5: its Liquid can't be run ({why}")
    assert warnings(folder)[0].endswith("the text is shown without its templates; correct it")


def test_undefined_names_are_empty(folder: Folder) -> None:
    assert shown(folder, "a{{ nothing }}b{{ page.none.deeper }}c") == "<p>abc</p>"
    assert warnings(folder) == ()


@pytest.mark.parametrize("piece", ["{% x ", "{{ x ", "{% {{ %} ", "{%", "{{{%", "{{{{x}}%"])
def test_no_unclosed_template_reaches_a_reader(folder: Folder, piece: str) -> None:
    html = shown(folder, piece * 20_000)

    assert "{{" not in html
    assert "{%" not in html


def test_a_post_may_say_that_its_braces_are_text(folder: Folder) -> None:
    folder.post("2024-01-01-a", "Kept {{ x }}", "render_with_liquid: false")

    assert folder.html(NAME) == "<p>Kept {{ x }}</p>"


@pytest.mark.parametrize("asked", ["{{ site.time }}", '{{ "now" | date: "%Y" }}', "{{ site.pages }}"])
def test_what_would_change_by_itself_is_left_out_and_named(folder: Folder, asked: str) -> None:
    assert shown(folder, f"a{asked}b") == "<p>ab</p>"
    assert len(warnings(folder)) == 1
    assert warnings(folder)[0].startswith(f"{NAME}: its Liquid asks for ")


def test_code_is_not_markdown_wherever_it_stands(folder: Folder) -> None:
    code = 'a(*b) = "c" # _d_ -- <e>\n\n  {: .f}\n- `g`'

    block = shown(folder, f"One\n{{% highlight c++ linenos %}}\n{code}\n{{% endhighlight %}}\ntwo")
    inline = shown(folder, f"One {{% highlight c++ %}}{code}{{% endhighlight %}}")

    expected = '<pre><code class="language-c--">' + code.replace("<e>", "&lt;e&gt;") + "</code></pre>"
    assert expected in block
    assert expected in inline


def test_an_include_is_only_taken_from_its_folder(folder: Folder) -> None:
    folder.write("secret.txt", "SECRET")
    folder.write("_includes/ok.html", "fine")
    (folder.root / "_includes" / "in.html").symlink_to("../secret.txt")
    (folder.root / "_includes" / "out.html").symlink_to("/etc/hostname")

    names = ["../secret.txt", "in.html", "out.html", "./ok.html", "/etc/hostname", "a/../../secret.txt"]
    html = shown(folder, "".join(f"{{% include {name} %}}" for name in [*names, "ok.html"]))

    assert html == "<p>fine</p>"
    assert len(warnings(folder)) == len(names)


def test_a_file_beside_the_post_is_taken_from_its_folder_only(folder: Folder) -> None:
    folder.write("_posts/beside.txt", "beside {{ include.x }}")
    folder.write("secret.txt", "SECRET")
    (folder.root / "_posts" / "out.txt").symlink_to("../secret.txt")

    html = shown(folder, "{% include_relative beside.txt x='y' %} {% include_relative out.txt %}")

    assert html == "<p>beside y</p>"


def test_data_that_cannot_be_read_is_named_by_its_own_line(folder: Folder) -> None:
    folder.write("_data/bad.yml", "a: 1\nb: : 2\n")
    folder.write("_data/good.yml", "a: 1\n")

    assert shown(folder, "{{ site.data.bad.a }}{{ site.data.good.a }}") == "<p>1</p>"
    assert len(warnings(folder)) == 1
    assert warnings(folder)[0].startswith(
        "_data/bad.yml:2: is not valid YAML (mapping values are not allowed"
    )


def test_data_outside_the_site_are_not_even_named(folder: Folder) -> None:
    folder.root.parent.joinpath("outside").mkdir()
    folder.root.parent.joinpath("outside", "secret.yml").write_text("a: SECRET")
    (folder.root / "_data").symlink_to("../outside")

    assert shown(folder, "{% for each in site.data %}{{ each }}{% endfor %}none") == "<p>none</p>"
    folder.write("_config.yml", "data_dir: ../outside\nincludes_dir: ../outside\n")
    assert shown(folder, "{{ site.data.secret.a }}{% include secret.yml %}none") == "<p>none</p>"


def test_posts_of_the_future_are_not_listed(folder: Folder) -> None:
    folder.post("2099-01-01-later", head="title: Later")
    folder.post("2024-01-02-b", head="title: B")

    assert shown(folder, "{% for p in site.posts %}{{ p.title }} {% endfor %}") == "<p>B T</p>"


def test_an_excerpt_closes_the_blocks_that_it_cuts(folder: Folder) -> None:
    folder.configure(excerpt="jekyll")

    shown(folder, "{% if true %}In {% for i in (1..2) %}{{ i }}\n\nrest{% endfor %}{% endif %}")

    assert folder.read_post(NAME).excerpt.html == "<p>In 1\n2</p>"


def test_a_post_that_is_read_twice_draws_on_the_same(folder: Folder) -> None:
    folder.write("_includes/note.html", "note")
    folder.post("2024-01-01-a", "{% include note.html %}")
    source = folder.source()
    content = (folder.root / NAME).read_bytes()

    source.content_html(NAME)
    first = source.read(NAME, content, now=folder.now)

    assert source.read(NAME, content, now=folder.now) == first
    assert first.draws_on == ("_includes/note.html",)


IMPORTS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

source = open_source(Settings(site=SiteSettings(path=Path(sys.argv[1]))))
path = "_posts/2024-01-01-a.md"
source.read(path, (source.site.root / path).read_bytes(), now=datetime(2026, 1, 1, tzinfo=UTC))
source.content_html(path)
print(*sorted({"liquid", "syndicate.posts.sources.jekyll.library"} & set(sys.modules)))
"""


@pytest.mark.parametrize(
    ("text", "loaded"),
    [("Plain {text}", ""), ("{{ page.title }}", "liquid syndicate.posts.sources.jekyll.library")],
)
def test_liquid_is_loaded_only_for_a_post_that_holds_some(folder: Folder, text: str, loaded: str) -> None:
    folder.post("2024-01-01-a", text)

    ran = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(folder.root)], capture_output=True, text=True, check=False
    )

    assert (ran.stdout.strip(), ran.stderr) == (loaded, "")
