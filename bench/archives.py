"""What an archive takes of memory, and what writing feeds down takes of a pass."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.measuring import Bar, Run, run
from bench.passes import POSTS
from bench.sites import repeated

#: Posts in the archive whose memory is measured, and how much each has to say (bytes).
MANY = 20_000
_TEXT_BYTES = 20_000

#: Publishes posts made up on the spot; the last argument says whether with their archive.
PUBLISH = """
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from syndicate.feeds.publishing import publish
from syndicate.model.post import (
    ArrivalNumber, EntryId, Excerpt, ExcerptOrigin, Post, PostId, PostState, TrackedPost,
)
from syndicate.model.site import Site
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings

folder, count, size, archives = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "yes"
at = "https://gazette.example"
noon = datetime(2026, 5, 4, 12, tzinfo=UTC)

def tracked(number):
    published = noon - timedelta(hours=count - number)
    text = f"Opening of {number}."
    excerpt = Excerpt(html=f"<p>{text}</p>", text=text, origin=ExcerptOrigin.OPENING, truncated=True)
    post = Post(
        path=f"_posts/{number}.md", url=f"/{number}/", link=f"{at}/{number}/", generator_id=f"{at}/{number}",
        declared_id=None, title=f"Post {number}", authors=("Ana Reis",), collection="posts",
        categories=("harbour",), tags=("boats",), published=published, updated=published, excerpt=excerpt,
        summary=text, image=None, language="en", fingerprint=str(number), body_fingerprint=str(number),
    )
    return TrackedPost(
        id=PostId(number), post=post, entry_id=EntryId(post.generator_id), state=PostState.BASELINE,
        arrival=ArrivalNumber(number), first_seen_at=noon, changed_at=noon, updated=published,
    )

@dataclass
class Source:
    site: Site
    def content_html(self, path):
        return f"<p>{path}: the tide &amp; the <em>boats</em>.</p>\\n" * (size // 50)

site = Site(
    kind="jekyll", root=folder, url=at, title="The Gazette", description="", language="en", zone="UTC",
    author="", collections=("posts",), fingerprint="1",
)
settings = Settings(
    outbox=folder, publish=PublishSettings(base_url=at), feeds=(FeedSettings(name="all", archives=archives),),
    templates=folder,
)
posts = [tracked(number) for number in range(1, count + 1)]
publish(posts, Source(site), settings, progress=lambda *_: None)
"""

#: Makes a pass with the command's own words, and writes down what of it went into the formats.
SERIALISE = """
import sys, time
from dataclasses import replace
from pathlib import Path
from syndicate.feeds import composition
from syndicate.cli import main

spent = []

def timed(write):
    def writing(feed):
        begun = time.thread_time()  # other threads compress the feed before
        try:
            return write(feed)
        finally:
            spent.append(time.thread_time() - begun)
    return writing

composition.FORMATS = {
    name: replace(each, write=timed(each.write)) for name, each in composition.FORMATS.items()
}
said, sys.argv = Path(sys.argv[1]), ["syndicate", *sys.argv[2:]]
try:
    main()
finally:
    said.write_text(str(sum(spent)))
"""


def archive_memory(folder: Path) -> Iterator[Bar]:
    """Compare what publishing many posts holds at once with their archive and without."""
    plain, archived = (_published(folder / each, archives=each) for each in ("no", "yes"))
    documents = (folder / "yes").rglob("archive/*/*.[xj]*[ln]")
    written = sum(path.stat().st_size for path in documents)
    yield Bar(
        what=f"memory for an archive of {MANY:,} posts of {_TEXT_BYTES // 1_000} KB",
        against="the same feeds without it",
        unit="MB more",
        figure=(archived.peak_bytes - plain.peak_bytes) / 1e6,
        required=150,
        aim=50,
        detail=f"{archived.peak_bytes / 1e6:.3g} MB : {plain.peak_bytes / 1e6:.3g} MB, "
        f"{written / 1e6:,.0f} MB written in {archived.seconds:.0f} s",
    )
    shutil.rmtree(folder / "yes")


def serialising(folder: Path) -> Iterator[Bar]:
    """Say what share of a first pass goes into writing feeds down, compressing them apart."""
    site = repeated(folder, posts=POSTS)
    shares = [_share(site.root, folder / str(number)) for number in range(3)]
    share, seconds, whole = sorted(shares)[len(shares) // 2]
    yield Bar(
        what=f"writing feeds down in a first pass ({site.posts:,} posts)",
        against="the whole pass, on processors",
        unit="%",
        figure=median(each[0] for each in shares) if share else 0.0,
        required=10,
        aim=5,
        detail=f"{seconds:.3g} s : {whole:.3g} s",
    )


def _published(folder: Path, *, archives: str) -> Run:
    folder.mkdir()
    return run([sys.executable, "-c", PUBLISH, folder, str(MANY), str(_TEXT_BYTES), archives], folder=folder)


def _share(site: Path, outbox: Path) -> tuple[float, float, float]:
    outbox.mkdir()
    said = outbox / "seconds"
    words: list[str | Path] = ["--quiet", "--site", site, "--outbox", outbox / "outbox", "build"]
    done = run([sys.executable, "-c", SERIALISE, said, *words], folder=site.parent)
    seconds = float(said.read_text("utf-8"))
    return 100 * seconds / done.cpu_seconds, seconds, done.cpu_seconds
