"""Editions to take pictures of: the example's own posts, and a few made up in Arabic and Chinese."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from syndicate.digests.rendering import render
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire
from syndicate.model.post import (
    ArrivalNumber,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Image,
    Post,
    PostId,
    PostState,
    TrackedPost,
)
from syndicate.model.site import Site
from syndicate.posts.sources import open_source
from syndicate.settings.schema import ListSettings, MailSettings, Settings, SiteSettings, ThemeSettings

ROOT = Path(__file__).parents[2]
HOME = "https://harbour-gazette.example"
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
IMAGES = f"{HOME}/assets/img"
MAIL = MailSettings(
    sender="The Harbour Gazette <gazette@harbour-gazette.example>",
    reply_to="gazette@harbour-gazette.example",
    postal_address="The Harbour Gazette, Rua do Cais 12, 4490-012 Vila da Enseada, Portugal",
)
READER = Personal(
    address="marta@example.org",
    message_id="<1.0123456789abcdef@harbour-gazette.example>",
    unsubscribe_url=f"{HOME}/unsubscribe/example",
    unsubscribe_mailto="mailto:gazette@harbour-gazette.example?subject=example",
)

ARABIC = (
    (
        "عودة صوت المنارة بعد واحد وثلاثين عامًا",
        "ليلى حداد",
        "lighthouse.png",
        (
            "<p>في السادسة وعشر دقائق من صباح الخميس، دوّى بوق الضباب فوق الخليج. "
            "نبحت الكلاب كلها، وخرج الناس إلى الشرفات، وقالت حارسة المنارة: «كنّا ننوي أن نخبركم».</p>"
            "<blockquote><p>الضباب لا ينتظر الإعلانات.</p></blockquote>"
            '<p>لكل قارب في الميناء <a href="https://harbour-gazette.example/radio">جهاز لاسلكي</a>، غير '
            "أن أحدًا لم يحسب كم مرة يكون في قاع الحقيبة، تحت الغداء.</p>"
        ),
    ),
    (
        "قارب المكتبة يصل إلى الضفة الأخرى",
        "يوسف المرّاكشي",
        "library-boat.png",
        "<p>حمل القارب أربعمئة كتاب ومقعدين وقطة لم يدعُها أحد. وفي المساء بقي على الرف ثلاثة كتب فقط.</p>",
    ),
    (
        "كيف تقرأ جدول المدّ والجزر",
        "ليلى حداد",
        None,
        "<p>العمود الأول للساعة والثاني للارتفاع، وما بينهما هو الوقت الذي يكفي لجمع بلح البحر.</p>",
    ),
)
CHINESE = (
    (
        "三十一年後，燈塔重新開口說話",
        "林海音",
        "lighthouse.png",
        (
            "<p>星期四清晨六點十分，貓頭鷹角的霧號三十一年來第一次響起。六點十一分又響，十二分再響；"
            "一刻鐘之內，全村的狗都發表了意見。</p>"
            "<blockquote><p>「我們本來打算先通知大家，」守燈人說，「結果霧先到了。」</p></blockquote>"
            '<p>灣裡的每條船都有<a href="https://harbour-gazette.example/radio">無線電</a>，只是沒有人算過，'
            "它有多常躺在<em>袋子底下</em>，壓在午飯下面。</p>"
        ),
    ),
    (
        "圖書船靠岸了",
        "陳小舟",
        "library-boat.png",
        "<p>船上有四百本書、兩張板凳，和一隻誰也沒有邀請的貓。到了傍晚，架上只剩三本。</p>",
    ),
    (
        "怎樣讀潮汐表",
        "林海音",
        None,
        "<p>第一欄是時刻，第二欄是高度；兩者之間的時間，剛好夠撿一籃淡菜。</p>",
    ),
)


def page(theme: str, layout: str, language: str) -> str:
    """Give the HTML of a sample edition: ``layout`` is "digest" or "post", ``language`` en, ar or zh."""
    posts, site, title, contents = _english() if language == "en" else _made_up(language)
    digest = render(
        posts if layout == "digest" else posts[:1],
        list_settings=ListSettings(
            name="gazette",
            title=title,
            description="The week in Vila da Enseada, every Monday morning." if language == "en" else "",
            zone="Europe/Lisbon",
            content="full" if layout == "post" and language != "en" else "excerpt",
        ),
        site=site,
        settings=Settings(mail=MAIL, theme=ThemeSettings(name=theme), templates=ROOT / "no-templates"),
        at=NOW,
        edition_url=f"{HOME}/editions/gazette/1/",
        contents=contents,
    )
    return Wire.parse(digest.wire).slots.filled_html(digest.html, READER)


_Sample = tuple[Sequence[TrackedPost], Site, str, Callable[[TrackedPost], str]]


def _english() -> _Sample:
    source = open_source(Settings(site=SiteSettings(path=ROOT / "example")))
    readings = [
        source.read(each.path, (ROOT / "example" / each.path).read_bytes(), now=NOW)
        for each in source.candidates()
    ]
    found = sorted((each for each in readings if isinstance(each, Post)), key=lambda post: post.published)
    posts = [_tracked(number, post) for number, post in enumerate(reversed(found[-6:]), 1)]
    return posts, source.site, source.site.title, lambda each: source.content_html(each.post.path)


def _made_up(language: str) -> _Sample:
    texts, tag, title = (
        (ARABIC, "ar", "جريدة الميناء") if language == "ar" else (CHINESE, "zh-Hant", "港口公報")
    )
    posts = [_tracked(number, _post(number, tag, *text)) for number, text in enumerate(texts, 1)]
    site = Site(
        kind="jekyll",
        root=ROOT,
        url=HOME,
        title=title,
        description="",
        language=tag,
        zone="UTC",
        author="",
        collections=("posts",),
        fingerprint="1",
    )
    return posts, site, title, lambda each: each.post.excerpt.html * 3


def _post(number: int, tag: str, title: str, author: str, image: str | None, html: str) -> Post:  # noqa: PLR0913, PLR0917
    return Post(
        path=f"_posts/{number}.md",
        url=f"/{number}/",
        link=f"{HOME}/{number}/",
        generator_id=f"/{number}",
        declared_id=None,
        title=title,
        authors=(author,),
        collection="posts",
        categories=(),
        tags=(),
        published=NOW - timedelta(days=number),
        updated=NOW - timedelta(days=number),
        excerpt=Excerpt(html=html, text=html, origin=ExcerptOrigin.MORE, truncated=True),
        summary=title,
        image=Image(url=f"{IMAGES}/{image}", alt="") if image else None,
        language=tag,
        fingerprint=str(number),
        body_fingerprint=str(number),
    )


def _tracked(number: int, post: Post) -> TrackedPost:
    return TrackedPost(
        id=PostId(number),
        post=post,
        entry_id=EntryId(f"{HOME}/{number}"),
        state=PostState.ARRIVED,
        arrival=ArrivalNumber(number),
        first_seen_at=NOW,
        changed_at=NOW,
        updated=NOW,
    )
