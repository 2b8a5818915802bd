from typing import Any

import pytest

from syndicate.errors import PostError, SettingsError, SiteError
from syndicate.model.post import ExcerptOrigin, Omission, Omitted, Unreadable
from syndicate.posts.sources import detect_kind, open_source
from syndicate.settings.schema import Settings, SiteSettings

# The fixtures' type is in conftest, which no test module can import by name.
Folder = Any


def paths(folder: Folder) -> list[str]:
    return [candidate.path for candidate in folder.source().candidates()]


def test_the_site_speaks_its_configs_words(folder: Folder) -> None:
    folder.post("2024-01-01-a")

    site = folder.source().site

    assert site.url == "https://harbour.example/news"
    assert site.title == "The Harbour Post"
    assert site.zone == "Asia/Hong_Kong"
    assert site.language == "en"
    assert site.collections == ("posts", "letters")


def test_settings_overrule_the_sites_config(folder: Folder) -> None:
    said = SiteSettings(
        path=folder.root, url="https://new.example/", title="T", description="D", language="pt", author="A"
    )

    site = open_source(Settings(site=said)).site

    assert (site.url, site.title, site.description, site.language, site.author) == (
        "https://new.example",
        "T",
        "D",
        "pt",
        "A",
    )


def test_a_collection_is_called_what_the_config_calls_it(folder: Folder) -> None:
    folder.write("_config.yml", "collections: {letters: {output: true, title: From our readers}}")

    site = folder.source().site

    assert site.collection_titles == {"letters": "From our readers"}


def test_a_site_without_posts_has_no_collection_of_them(folder: Folder) -> None:
    assert folder.source().site.collections == ("letters",)


def test_a_folder_of_posts_alone_is_a_site(folder: Folder) -> None:
    (folder.root / "_config.yml").unlink()
    folder.post("2024-01-01-a")

    assert folder.source().site.title == "site"
    assert folder.read_post("_posts/2024-01-01-a.md").link == "/2024/01/01/a.html"


def test_github_pages_own_address_is_used(folder: Folder) -> None:
    folder.write("_config.yml", "title: x")
    folder.write("CNAME", "harbour.example\n")

    assert folder.source().site.url == "https://harbour.example"


def test_no_site_is_one_clear_line(folder: Folder) -> None:
    (folder.root / "_config.yml").unlink()

    with pytest.raises(SiteError, match=r"no site found here \(looked for: .*jekyll.*\); give"):
        detect_kind(folder.root)
    with pytest.raises(SiteError, match="there is no such folder; give"):
        detect_kind(folder.root / "nowhere")


def test_an_unknown_kind_names_the_known_ones(folder: Folder) -> None:
    with pytest.raises(SettingsError, match=r"use one of auto, .*jekyll"):
        open_source(Settings(site=SiteSettings(path=folder.root, kind="wordstar")))


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("title: a: b", r"_config.yml:1: is not valid YAML \(mapping values"),
        ("- a", r'_config.yml:1: holds no "key: value" pairs'),
        ("timezone: Mars/Base", 'timezone "Mars/Base" is not known; use'),
        (b"title: \xff", r"_config.yml: is not UTF-8 \(byte 7\); save"),
    ],
)
def test_a_bad_config_is_one_clear_line(folder: Folder, config: str | bytes, message: str) -> None:
    folder.write("_config.yml", config)

    with pytest.raises(SiteError, match=message) as caught:
        folder.source()
    assert "\n" not in str(caught.value)


def test_a_config_of_odd_shapes_is_read(folder: Folder) -> None:
    folder.write(
        "_config.yml",
        "title: [a]\ncollections: [x, 1]\ndefaults: {a: 1}\nexclude: tmp\npermalink: 5\nauthor: {name: Ann}\n"
        "excerpt_separator:\nmarkdown_ext: md\n",
    )
    folder.post("2024-01-01-a")

    assert folder.source().site.author == "Ann"
    assert folder.read_post("_posts/2024-01-01-a.md").url == "/5"


def test_only_what_the_generator_reads_is_a_candidate(folder: Folder) -> None:
    for path in (
        "_posts/2024-01-01-a.md",
        "_posts/deep/er/2024-01-02-b.markdown",
        "news/_posts/2024-01-03-c.html",
        "_letters/undated.md",
        "_letters/sub/_odd/x.md",
        "_posts/_hidden/2024-01-01-x.md",
        "_posts/.2024-01-01-x.md",
        "_posts/2024-01-01-x.md~",
        "_posts/not-dated.md",
        "_posts/2024-01-01-picture.png",
        "_letters/_gone/x.md",
        "_letters/#x.md",
        "_staff/ann.md",
        "_drafts/x.md",
        "node_modules/_posts/2024-01-01-x.md",
        "_site/_posts/2024-01-01-x.md",
        "index.md",
    ):
        folder.write(path, "---\n---\n")

    assert sorted(paths(folder)) == [
        "_letters/sub/_odd/x.md",
        "_letters/undated.md",
        "_posts/2024-01-01-a.md",
        "_posts/deep/er/2024-01-02-b.markdown",
        "news/_posts/2024-01-03-c.html",
    ]


def test_the_config_excludes_and_includes(folder: Folder) -> None:
    folder.write("_config.yml", "exclude: [old/, '*.txt']\n")
    folder.write("old/_posts/2024-01-01-a.md", "")
    folder.post("2024-01-01-b")
    folder.write("_posts/2024-01-01-c.txt", "")

    assert paths(folder) == ["_posts/2024-01-01-b.md"]


def test_collections_may_live_in_a_folder(folder: Folder) -> None:
    folder.write("_config.yml", "collections_dir: all\ncollections: {letters: {output: true}}\n")
    folder.write("all/_letters/2024-01-01-a.md", "---\n---\nx")
    folder.write("all/_posts/2024-01-02-b.md", "x")
    folder.write("all/news/_posts/2024-01-03-c.md", "x")
    folder.write("_posts/2024-01-04-d.md", "x")

    assert paths(folder) == [
        "all/_posts/2024-01-02-b.md",
        "all/_letters/2024-01-01-a.md",
        "all/news/_posts/2024-01-03-c.md",
    ]
    assert folder.read_post("all/_letters/2024-01-01-a.md").url == "/letters/2024-01-01-a.html"
    assert folder.read_post("all/news/_posts/2024-01-03-c.md").categories == ("news",)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("_drafts/a.md", Omission.DRAFT),
        ("_posts/_old/2024-01-01-a.md", Omission.HIDDEN),
        ("_posts/undated.md", Omission.NOT_A_POST),
        ("about.md", Omission.NOT_A_POST),
        ("_staff/ann.md", Omission.HIDDEN),
        ("_posts/2024-01-01-a.md", None),
    ],
)
def test_a_file_that_is_no_candidate_has_its_reason(folder: Folder, path: str, why: Omission | None) -> None:
    found = folder.source().omission(path)

    assert (found.why if found else None) == why


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("published: false", Omission.UNPUBLISHED),
        ("published:", Omission.UNPUBLISHED),
        ("draft: true", Omission.DRAFT),
        ("date: 2098-01-01", Omission.FUTURE),
    ],
)
def test_what_the_generator_leaves_out_is_left_out(folder: Folder, head: str, why: Omission) -> None:
    folder.post("2024-01-01-a", head=head)

    found = folder.read("_posts/2024-01-01-a.md")

    assert isinstance(found, Omitted)
    assert found.why is why


def test_a_file_without_front_matter_is_a_post_but_no_letter(folder: Folder) -> None:
    folder.write("_posts/2024-01-01-a.md", "Just text.")
    folder.write("_letters/2024-01-01-a.md", "Just text.")

    assert folder.read_post("_posts/2024-01-01-a.md").title == "A"
    assert folder.read("_letters/2024-01-01-a.md") == Omitted(
        path="_letters/2024-01-01-a.md", why=Omission.NOT_A_POST
    )


def test_a_letter_without_a_date_is_named_never_dated_now(folder: Folder) -> None:
    folder.write("_letters/a.md", "---\ntitle: x\n---\ntext")

    found = folder.read("_letters/a.md")

    assert isinstance(found, Unreadable)
    assert found.problem == '_letters/a.md: has no date; add "date: YYYY-MM-DD" to its front matter'


def test_a_date_that_is_none_is_named_by_line(folder: Folder) -> None:
    folder.post("2024-01-01-a", head="title: x\ndate: 2026-02-30")

    found = folder.read("_posts/2024-01-01-a.md")

    assert isinstance(found, Unreadable)
    assert found.line == 3
    assert found.problem == (
        '_posts/2024-01-01-a.md:3: date "2026-02-30" is not a date; use YYYY-MM-DD HH:MM:SS +0000'
    )


def test_a_placeholder_that_is_none_is_named_by_line(folder: Folder) -> None:
    folder.post("2024-01-01-a", head="permalink: /:yaer/")

    found = folder.read("_posts/2024-01-01-a.md")

    assert isinstance(found, Unreadable)
    assert found.problem.startswith('_posts/2024-01-01-a.md:2: permalink "/:yaer/" names ":yaer"')


@pytest.mark.parametrize(
    ("head", "facts"),
    [
        ("title: 2024", {"title": "2024"}),
        ("title: yes", {"title": "true"}),
        ("title:", {"title": "A Day"}),
        ("title: [x]", {"title": "A Day"}),
        ('title: "A <b>bold</b> & \\"smart\\" title"', {"title": 'A bold & "smart" title'}),
        ("title: vector<int> &amp; more", {"title": "vector<int> & more"}),
        ('title: "two\\nlines\\u2028 \\x08here"', {"title": "two lines here"}),
        ("title: '{{7*7}}'", {"title": "{{7*7}}"}),
        ("author: ann", {"authors": ("Ann B.",)}),
        ("author: {name: Zoe}", {"authors": ("Zoe",)}),
        ("authors: [Zoe, ann, {name: Joe}]", {"authors": ("Zoe", "Ann B.", "Joe")}),
        ("categories: a b", {"categories": ("a", "b")}),
        ("categories: [a b, c, 1]", {"categories": ("a b", "c", "1")}),
        ("categories: [x]\ncategory: main one", {"categories": ("x", "main one")}),
        ("tags: one, two", {"tags": ("one,", "two")}),
        ("tags: [2024, true, t, t]", {"tags": ("2024", "true", "t")}),
        ("tag: One Two\ntags: x", {"tags": ("One Two",)}),
        ("lang: zh-Hant", {"language": "zh-Hant"}),
        ("guid: urn:x:1", {"declared_id": "urn:x:1"}),
        ("slug: My Own", {"url": "/2024/03/05/My-Own.html"}),
        ("description: D <b>b</b>", {"summary": "D b"}),
    ],
)
def test_front_matter_means_what_jekyll_makes_of_it(
    folder: Folder, head: str, facts: dict[str, object]
) -> None:
    folder.write("_data/authors.yml", "ann: {name: Ann B., uri: https://ann.example}\n")
    folder.post("2024-03-05-a-day", head=head)

    post = folder.read_post("_posts/2024-03-05-a-day.md")

    assert {name: getattr(post, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("/img/a b.png", "https://harbour.example/news/img/a%20b.png"),
        ("img/a.png", "https://harbour.example/news/img/a.png"),
        ("https://cdn.example/x.png", "https://cdn.example/x.png"),
        ("{path: /o.png, alt: A boat}", "https://harbour.example/news/o.png"),
        ("javascript:alert(1)", "https://harbour.example/news/javascript:alert(1)"),
        ("ftp://a.example/x.png", None),
    ],
)
def test_a_picture_has_an_absolute_address(folder: Folder, image: str, url: str | None) -> None:
    folder.post("2024-03-05-a", head=f"image: {image}")

    found = folder.read_post("_posts/2024-03-05-a.md").image

    assert (found.url if found else None) == url


def test_the_day_in_an_address_is_the_sites_day(folder: Folder) -> None:
    folder.post("2024-01-22-a", head="date: 2024-01-22 20:00:00 +0000")

    post = folder.read_post("_posts/2024-01-22-a.md")

    assert post.url == "/2024/01/23/a.html"
    assert post.link == "https://harbour.example/news/2024/01/23/a.html"
    assert post.generator_id == "https://harbour.example/news/2024/01/23/a"


def test_defaults_apply_by_path_and_type_the_narrower_the_stronger(folder: Folder) -> None:
    folder.write(
        "_config.yml",
        """\
defaults:
- {scope: {path: _posts/deep, type: posts}, values: {author: Deep}}
- {scope: {path: "", type: posts}, values: {author: Any, lang: pt, image: {path: /d.png, alt: D}}}
- {scope: {type: letters}, values: {author: Nobody}}
- {scope: {path: "_posts/*/2024*"}, values: {tags: globbed}}
""",
    )
    folder.write("_posts/deep/2024-01-01-a.md", "---\nimage: {alt: Own}\n---\nx")
    folder.post("2024-01-01-b")

    deep = folder.read_post("_posts/deep/2024-01-01-a.md")
    plain = folder.read_post("_posts/2024-01-01-b.md")

    assert (deep.authors, deep.language, deep.tags) == (("Deep",), "pt", ("globbed",))
    assert (plain.authors, plain.tags) == (("Any",), ())


def test_an_excerpt_is_rendered_once_for_html_and_text(folder: Folder) -> None:
    folder.post("2024-01-01-a", 'Intro "so" [x](/y).\n\n<!--more-->\n\nRest.')

    excerpt = folder.read_post("_posts/2024-01-01-a.md").excerpt

    assert excerpt.html == '<p>Intro “so” <a href="https://harbour.example/y">x</a>.</p>'
    assert excerpt.text == "Intro “so” x."
    assert excerpt.origin is ExcerptOrigin.MORE
    assert excerpt.truncated


def test_jekyll_takes_a_front_matters_excerpt_as_it_stands(folder: Folder) -> None:
    folder.post("2024-01-01-a", head='excerpt: "My *own*"')
    folder.configure(excerpt="jekyll")
    verbatim = folder.read_post("_posts/2024-01-01-a.md").excerpt.html
    folder.configure(excerpt="best")

    assert verbatim == "My *own*"
    assert folder.read_post("_posts/2024-01-01-a.md").excerpt.html == "<p>My <em>own</em></p>"


def test_the_full_text_is_whole_and_its_mark_is_gone(folder: Folder) -> None:
    folder.post(
        "2024-01-01-a", "_A._ <excerpt/> _B._\n\n<div onclick=x>C</div>", "excerpt_separator: <excerpt/>"
    )

    assert folder.html("_posts/2024-01-01-a.md") == "<p><em>A.</em> <em>B.</em></p>\n<div>C</div>"


def test_html_files_are_not_markdown(folder: Folder) -> None:
    folder.write("_posts/2024-01-01-a.html", "---\n---\n<p>raw *text*</p>")

    assert folder.html("_posts/2024-01-01-a.html") == "<p>raw *text*</p>"


def test_the_full_text_of_what_is_no_post_is_an_error(folder: Folder) -> None:
    folder.post("2024-01-01-a", head="published: false")

    with pytest.raises(PostError, match=r"is no longer a post \(unpublished\); run again"):
        folder.html("_posts/2024-01-01-a.md")
    with pytest.raises(PostError, match=r"can't be read \(no such file or directory\)"):
        folder.html("_posts/2024-01-01-b.md")


@pytest.mark.parametrize(
    ("liquid", "text"),
    [
        ("{{ site.title }} {{page.title}}", "The Harbour Post T"),
        ("{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        ("a{% comment %}b{% endcomment %}c", "ac"),
        ("[x]({{ '/a' | relative_url }})", '<a href="https://harbour.example/news/a">x</a>'),
        ("[x]({{ '/a' | absolute_url }})", '<a href="https://harbour.example/news/a">x</a>'),
        ("[x]({{ site.baseurl }}/a)", '<a href="https://harbour.example/news/a">x</a>'),
        ("[x]({% post_url 2024-02-02-b %})", '<a href="https://harbour.example/news/b/">x</a>'),
        ("[x]({% link _posts/2024-02-02-b.md %})", '<a href="https://harbour.example/news/b/">x</a>'),
    ],
)
def test_simple_liquid_is_filled_in(folder: Folder, liquid: str, text: str) -> None:
    folder.post("2024-02-02-b", head="permalink: /b/")
    folder.post("2024-01-01-a", liquid, "title: T")

    assert folder.html("_posts/2024-01-01-a.md") == f"<p>{text}</p>"
    assert folder.read_post("_posts/2024-01-01-a.md").warnings == ()


@pytest.mark.parametrize("piece", ["{% x ", "{{ x ", "{% {{ %} ", "{%"])
def test_no_unclosed_template_reaches_a_reader(folder: Folder, piece: str) -> None:
    folder.post("2024-01-01-a", piece * 20_000)

    html = folder.html("_posts/2024-01-01-a.md")

    assert "{{" not in html
    assert "{%" not in html


def test_control_characters_are_left_out_and_named_by_line(folder: Folder) -> None:
    folder.post("2024-01-01-a", "one\n\ntwo\x08", 'title: "T\\b"')

    post = folder.read_post("_posts/2024-01-01-a.md")

    assert post.title == "T"
    assert [warning.partition(": ")[0] for warning in post.warnings] == [
        "_posts/2024-01-01-a.md:2",
        "_posts/2024-01-01-a.md:6",
    ]
    assert "\x08" not in folder.html("_posts/2024-01-01-a.md")


def test_hugos_rule_reads_hugos_key(folder: Folder) -> None:
    folder.configure(excerpt="hugo")
    folder.post("2024-01-01-a", head="excerpt: Jekyll's.\nsummary: Hugo's.")

    assert folder.read_post("_posts/2024-01-01-a.md").excerpt.text == "Hugo\u2019s."


def test_a_site_may_lie_in_a_folder_below_its_configuration(folder: Folder) -> None:
    folder.write("_config.yml", "url: https://harbour.example\nsource: docs\n")
    folder.write("docs/_posts/2024-01-01-a.md", "---\ntitle: In docs\n---\nx")
    folder.post("2024-01-01-outside")

    assert [each.path for each in folder.source().candidates()] == ["_posts/2024-01-01-a.md"]


def test_a_source_outside_the_site_is_refused(folder: Folder) -> None:
    folder.write("_config.yml", "source: ../elsewhere\n")

    with pytest.raises(SiteError, match=r'source "\.\./elsewhere" is no folder of the site; correct it'):
        folder.source()


def test_drafts_are_left_out_also_where_jekyll_would_show_them(folder: Folder) -> None:
    folder.write("_config.yml", "show_drafts: true\n")
    folder.write("_drafts/a.md", "---\ntitle: Draft\n---\nx")

    assert list(folder.source().candidates()) == []
    omitted = folder.source().omission("_drafts/a.md")
    assert omitted is not None
    assert omitted.why is Omission.DRAFT
