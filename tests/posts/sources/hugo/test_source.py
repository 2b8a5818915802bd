import pytest

from syndicate.errors import SiteError
from syndicate.model.post import ExcerptOrigin, Omission, Unreadable
from syndicate.posts.sources import detect_kind, open_source
from syndicate.settings.schema import Settings, SiteSettings


def test_the_site_speaks_its_configs_words(site, configured):
    configured('languageCode = "en-us"\n[params]\ndescription = "News"\n[params.author]\nname = "Ann"\n')

    found = site.source().site

    assert (found.kind, found.url, found.title) == (
        "hugo",
        "https://harbour.example/news",
        "The Harbour Post",
    )
    assert (found.zone, found.language) == ("Asia/Hong_Kong", "en-us")
    assert (found.description, found.author) == ("News", "Ann")


def test_settings_overrule_the_sites_config(site):
    said = SiteSettings(path=site.root, url="https://new.example/", title="T", language="pt", author="A")

    found = open_source(Settings(site=said)).site

    assert (found.url, found.title, found.language, found.author) == ("https://new.example", "T", "pt", "A")


@pytest.mark.parametrize("base", ["", "/", "/news/", "example.org"])
def test_a_site_may_have_no_address(site, base):
    site.write("hugo.toml", f'baseURL = "{base}"\n')
    site.write("content/posts/a.md", "---\ntitle: T\n---\n")

    assert site.source().site.url == ""
    assert site.read_post("content/posts/a.md").url == "/posts/a/"


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        (["hugo.toml"], "hugo"),
        (["hugo.yaml"], "hugo"),
        (["config/_default/hugo.toml"], "hugo"),
        (["config.toml", "content/a.md"], "hugo"),
        (["config.json", "content/a.md"], "hugo"),
        (["_config.yml"], "jekyll"),
        (["_posts/a.md", "config.toml"], "jekyll"),
        (["_config.yml", "content/a.md"], "jekyll"),
    ],
)
def test_a_site_is_known_by_its_files(folder, files, kind):
    (folder.root / "_config.yml").unlink()
    for name in files:
        folder.write(name, "")

    assert detect_kind(folder.root) == kind


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", 'Title = "X"\nsummarylength = 1\n[Params]\nMainSections = ["a"]'),
        ("hugo.yaml", "title: X\nsummaryLength: 1\nparams: {mainSections: [a]}"),
        ("config.json", '{"title": "X", "summaryLength": 1, "params": {"mainSections": ["a"]}}'),
    ],
)
def test_each_format_of_configuration_is_read_whatever_the_case_of_its_keys(site, name, text):
    (site.root / "hugo.toml").unlink()
    site.write(name, text)
    site.write("content/a/x.md", "---\ntitle: T\n---\n")
    site.write("content/b/x.md", "---\ntitle: T\n---\n")

    found = open_source(Settings(site=SiteSettings(path=site.root, kind="hugo")))

    assert (found.site.title, found.site.collections) == ("X", ("a",))


def test_a_configuration_may_be_a_folder(site):
    site.write("config/_default/hugo.toml", 'title = "Folder"')
    site.write("config/_default/params.toml", 'author = "Ann"')
    site.write("config/_default/params.de.toml", 'author = "Jo"')
    site.write("config/_default/languages.toml", "[en]\nweight = 1\n[de]\nweight = 2")
    site.write("config/_default/permalinks.yaml", "page: {posts: '/p/:slugorfilename/'}")
    site.write("config/production/hugo.yaml", "timeZone: America/New_York")
    site.write("content/posts/a.md", "---\ntitle: T\n---\n")

    found = site.source().site

    assert (found.title, found.author, found.zone) == ("Folder", "Ann", "America/New_York")
    assert site.read_post("content/posts/a.md").url == "/news/p/a/"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("hugo.toml", "title = x", r"hugo.toml:1: is not valid TOML \(invalid value"),
        ("hugo.toml", "timeZone = 'Mars'", 'timeZone "Mars" is not known; use a name'),
        ("hugo.toml", "ignoreFiles = ['(']", 'ignoreFiles holds "\\(", which is no regular expression'),
        ("hugo.toml", b"title = '\xe9'", r"hugo.toml: is not UTF-8 \(byte 9\); save it as UTF-8"),
        ("config/_default/params.json", "{", r"params.json:1: is not valid JSON"),
    ],
)
def test_a_bad_configuration_is_one_clear_line(site, name, text, message):
    site.write(name, text)

    with pytest.raises(SiteError, match=message):
        site.source()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("title: T", "T"),
        ("Title: T", "T"),
        ("title: 2024", "2024"),
        ("title: true", "true"),
        ("title: yes", "yes"),
        ("title: 12:30", "12:30"),
        ("title: [a]", ""),
        ("title:", ""),
        ("title: A <b>x</b> & *y*", "A x & *y*"),
        ("linkTitle: L", ""),
    ],
)
def test_a_title_is_a_scalar_as_yaml_1_2_has_it(page, head, title):
    assert page(head).title == title


@pytest.mark.parametrize(
    "content",
    [
        '+++\ntitle = "T"\ndate = 2024-01-22\ntags = ["x"]\n+++\nbody\n',
        '{"title": "T", "date": "2024-01-22", "tags": ["x"]}\nbody\n',
        "\n\n---\ntitle: T\ndate: 2024-01-22\nTags: [x]\n---\nbody\n",
        "\ufeff---\ntitle: T\ndate: 2024-01-22\nparams: {tags: [x]}\n---\nbody\n",
    ],
)
def test_every_kind_of_front_matter_says_the_same(site, content):
    site.write("content/posts/a.md", content)

    post = site.read_post("content/posts/a.md")

    assert (post.title, post.tags, post.excerpt.html) == ("T", ("x",), "<p>body</p>")
    assert post.published.isoformat() == "2024-01-21T16:00:00+00:00"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("---\ntitle: T\n", "content/posts/a.md:1: its front matter isn't closed; end it as it begins (---)"),
        (
            "+++\ntitle = 1\n",
            "content/posts/a.md:1: its front matter isn't closed; end it as it begins (+++)",
        ),
        ("- a list\n", None),
        ('{"title": \n', "content/posts/a.md:1: its front matter isn't closed; end it as it begins ({"),
        ("+++\ntitle = \n+++\n", "content/posts/a.md:2: front matter is not valid TOML (invalid value)"),
    ],
)
def test_front_matter_that_cannot_be_read_is_named(site, content, problem):
    site.write("content/posts/a.md", content)

    found = site.read("content/posts/a.md")

    assert isinstance(found, Unreadable) == bool(problem)
    assert not problem or found.problem.startswith(problem)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("draft: true", Omission.DRAFT),
        ("draft: 'true'", Omission.DRAFT),
        ("Draft: 1", Omission.DRAFT),
        ("draft: yes", None),
        ("build: {render: never}", Omission.UNPUBLISHED),
        ("build: {render: false}", Omission.UNPUBLISHED),
        ("build: {render: link}", None),
        ("build: {list: never}", Omission.UNPUBLISHED),
        ("build: {list: local}", Omission.UNPUBLISHED),
        ("_build: {list: false}", Omission.UNPUBLISHED),
        ("headless: true", Omission.UNPUBLISHED),
        ("published: false", Omission.UNPUBLISHED),
        ("published: true", None),
        ("type: docs\nkind: section\nlang: de\npath: /x", None),
    ],
)
def test_what_hugo_makes_no_page_of_or_lists_nowhere_is_left_out(page, head, why):
    assert getattr(page(f"title: T\ndate: 2024-01-01\n{head}"), "why", None) is why


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("author: Ann", ("Ann",)),
        ("author: {name: Ann}\nauthors: [x]", ("Ann",)),
        ("authors: [Ann, jo, {name: Eve, position: X}]", ("Ann", "Jo Smith", "Eve")),
        ("authors: Ann", ("Ann",)),
        ("title: T", ()),
    ],
)
def test_authors_are_names_or_have_a_page(site, page, head, authors):
    site.write("content/authors/jo/_index.md", "---\ntitle: Jo Smith\n---\n")

    assert page(head).authors == authors


@pytest.mark.parametrize(
    ("head", "terms"),
    [
        ("categories: [A B, c, c]\ntags: one", (("A B", "c"), ("one",))),
        ("tags: 'a, b'\ncategories: [1, true]", (("1", "true"), ("a, b",))),
        ("topics: [x]", ((), ())),
    ],
)
def test_categories_and_tags_are_lists_or_one_term(page, head, terms):
    post = page(head)

    assert (post.categories, post.tags) == terms


def test_the_site_may_call_its_taxonomies_otherwise(page, configured):
    configured("[taxonomies]\ntag = 'topics'\ncategory = 'Kinds'\n")

    post = page("topics: [x]\nkinds: y\ntags: [z]")

    assert (post.categories, post.tags) == (("y",), ("x",))


@pytest.mark.parametrize(
    ("head", "url", "alt"),
    [
        ("images: [/img/a.png, b.png]", "https://harbour.example/news/img/a.png", ""),
        ("images: [in.png]", "https://harbour.example/news/posts/b/in.png", ""),
        ("image: https://x.example/a.png", "https://x.example/a.png", ""),
        ("cover: {image: in.png, alt: A boat}", "https://harbour.example/news/posts/b/in.png", "A boat"),
        ("featured_image: /f.jpg\nfeatured_image_alt: F", "https://harbour.example/news/f.jpg", "F"),
        ("title: T", "https://harbour.example/news/posts/b/my%20feature.jpg", ""),
        ("images: ['javascript:alert(1)']", "https://harbour.example/news/javascript:alert(1)", ""),
        ("images: ['http://[']", None, ""),
    ],
)
def test_the_picture_is_named_or_lies_in_the_bundle(site, page, head, url, alt):
    for name in ("in.png", "cover.png", "my feature.jpg"):
        site.write(f"content/posts/b/{name}", b"")

    image = page(head, path="posts/b/index.md").image

    assert (image.url if image else None, image.alt if image else "") == (url, alt)


def test_a_page_that_is_no_bundle_has_only_the_picture_it_names(site, page):
    site.write("content/posts/cover.png", b"")

    assert page().image is None


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("b", "/news/posts/b-slug/"),
        ("b.md", "/news/posts/b-slug/"),
        ("/posts/b", "/news/posts/b-slug/"),
        ("posts/b.md#x y", "/news/posts/b-slug/#x%20y"),
        ("bun", "/news/docs/bun/"),
        ("/docs/bun/index.md", "/news/docs/bun/"),
        ("/docs", "/news/docs/"),
        ("far", "/news/other/far/"),
        ("#here", "/news/posts/a/#here"),
    ],
)
def test_a_reference_finds_the_page_that_is_meant(site, page, wanted, address):
    site.write("content/posts/b.md", "---\nslug: b-slug\n---\n")
    site.write("content/docs/bun/index.md", "---\ntitle: B\n---\n")
    site.write("content/docs/_index.md", "---\ntitle: D\n---\n")
    site.write("content/other/far.md", "---\ntitle: F\ndate: 2099-01-01\n---\n")

    html = page(body=f'[x]({{{{< relref "{wanted}" >}}}})').excerpt.html

    assert html == f'<p><a href="https://harbour.example{address}">x</a></p>'


@pytest.mark.parametrize("wanted", ["gone", "/etc/passwd", "../../../etc/passwd", "twice", "draft", ""])
def test_a_reference_that_means_no_page_leads_nowhere_else(site, page, wanted):
    for path in ("one/twice.md", "two/twice.md"):
        site.write(f"content/{path}", "---\ntitle: T\n---\n")
    site.write("content/posts/draft.md", "---\ndraft: true\n---\n")

    found = page(body=f'[x]({{{{< relref "{wanted}" >}}}})')

    assert found.excerpt.html == '<p><a href="https://harbour.example/news/posts/a/">x</a></p>'


def test_pictures_of_a_bundle_are_found_from_its_address(site, page):
    post = page(body="![p](pic.png)", path="posts/b/index.md")

    assert post.excerpt.html == '<p><img src="https://harbour.example/news/posts/b/pic.png" alt="p"></p>'


def test_the_best_excerpt_takes_the_summary_then_the_mark_then_the_description(page):
    body = "One.\n\n<!--more-->\n\nTwo."

    assert page("summary: Own *words*\ndescription: D", body).excerpt.html == "<p>Own <em>words</em></p>"
    assert page("description: D", body).excerpt.origin is ExcerptOrigin.MORE
    assert page("description: D", "One.").excerpt.text == "D"
    assert page("title: T", body).excerpt.text == "One."


def test_hugos_excerpt_takes_the_mark_then_the_summary_then_paragraphs(page, configured, site):
    configured("summaryLength = 3\n")
    site.configure(excerpt="hugo")
    body = "One.\n\n<!--more-->\n\nTwo."

    assert page("summary: Own *words*\ndescription: D", body).excerpt.html == "<p>One.</p>"
    assert page("summary: Own *words*\ndescription: D", "x").excerpt.html == "Own <em>words</em>"
    assert page("description: D", "aa bb cc\n\nd").excerpt.html == "<p>aa bb cc</p>"
    assert page("description: D", "aa bb cc\n\nd").summary == "aa bb cc"


def test_the_full_text_is_given_whatever_its_dates(site, page):
    page("title: T\nexpiryDate: 2099-01-01", "One.\n\n<!--more-->\n\nTwo {{< param title >}}.")

    assert site.html("content/posts/a.md") == "<p>One.</p>\n<p>Two T.</p>"


def test_raw_html_is_left_out_as_hugo_leaves_it_out_unless_the_site_wants_it(page, configured):
    body = "a <b>c</b>\n\n<div>d</div>"

    assert page(body=body).excerpt.text == "a c"
    configured("[markup.goldmark.renderer]\nunsafe = true\n")
    assert page(body=body).excerpt.html == "<p>a <b>c</b></p>\n<div>d</div>"


@pytest.mark.parametrize(
    ("config", "body", "html"),
    [
        ("[markup.goldmark.renderer]\nhardWraps = true\n", "a\nb", "<p>a<br>\nb</p>"),
        ("[markup.goldmark.extensions.typographer]\ndisable = true\n", '"a" --', '<p>"a" --</p>'),
        ("[markup.goldmark.extensions]\nlinkify = false\n", "www.a.org", "<p>www.a.org</p>"),
        ("", "www.a.org", '<p><a href="https://www.a.org">www.a.org</a></p>'),
        ("", "## Head {#own .cls k='v'}", "<h2>Head</h2>"),
        ("", "Setext {#id}\n======", "<h1>Setext</h1>"),
        ("", "# A {x}", "<h1>A {x}</h1>"),
        ("", "para\n{.cls}", "<p>para\n{.cls}</p>"),
        ("[markup.goldmark.parser.attribute]\nblock = true\n", "para\n{.cls}", "<p>para</p>"),
        ("[markup.goldmark.extensions.extras.superscript]\nenable = true\n", "x^2^", "<p>x<sup>2</sup></p>"),
        ("enableEmoji = true\n", ":smile:", "<p>\U0001f604</p>"),
        ("", "~ Ann", "<p>~ Ann</p>"),
    ],
)
def test_the_site_sets_up_its_markdown(page, configured, config, body, html):
    configured(config)

    assert page(body=body).excerpt.html == html


def test_mathematics_that_the_site_passes_through_is_left_alone(page, configured):
    configured(
        "[markup.goldmark.extensions.passthrough]\nenable = true\n"
        "[markup.goldmark.extensions.passthrough.delimiters]\n"
        "block = [['$$', '$$']]\ninline = [['\\(', '\\)']]\n"
    )
    body = "\\(a_b_c < d\\) and `\\(x\\)` and $$ {{< param title >}} $$"

    assert page(body=body).excerpt.text == r"\(a_b_c < d\) and \(x\) and $$ T $$"


@pytest.mark.parametrize(("embeds", "shown"), [("link", "a"), ("frame", "iframe")])
@pytest.mark.parametrize("excerpt", ["best", "hugo"])
def test_a_video_is_a_link_unless_frames_are_asked_for(site, page, embeds, shown, excerpt):
    site.configure(excerpt=excerpt, embeds=embeds)
    post = page("title: T", "One {{< youtube d >}}\n\n<!--more-->\n\nTwo {{< vimeo 1 >}}")

    assert f"<{shown} " in post.excerpt.html
    assert ("YouTube video" in post.excerpt.text) == (embeds == "link")
    assert site.html("content/posts/a.md").count(f"<{shown} ") == 2


def test_the_sites_privacy_counts(site, page, configured):
    configured("[privacy.youtube]\nprivacyEnhanced = true\n")
    site.configure(embeds="frame")
    page("title: T", "{{< youtube d >}}")

    assert 'src="https://www.youtube-nocookie.com/embed/d?' in site.html("content/posts/a.md")


def test_rights_are_the_sites_copyright_and_the_pages_own(site, page, configured):
    configured('copyright = "© Ana"\n')

    assert site.source().site.rights == "© Ana"
    assert page("title: T").rights == ""
    assert page("title: T\nlicense: CC-BY-4.0").rights == "CC-BY-4.0"
    assert page("title: T\ncopyright: true\nlicense: [a]").rights == ""
