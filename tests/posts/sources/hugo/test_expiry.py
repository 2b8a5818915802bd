from datetime import timedelta

from syndicate.model.post import PostState


def test_a_page_leaves_when_its_time_is_over_though_its_file_is_the_same(site, sqlite_engine):
    site.engine = sqlite_engine
    expiry = site.now + timedelta(days=1)
    site.write(
        "content/posts/a.md",
        f"---\ntitle: A\ndate: 2024-01-22\nexpiryDate: {expiry:%Y-%m-%dT%H:%M:%SZ}\n---\n",
    )
    site.write("content/posts/b.md", "---\ntitle: B\ndate: 2024-01-22\n---\n")
    site.detect()
    before = site.remembered()["a.md"].state

    gone = site.detect(later=timedelta(days=2)).gone

    assert before is PostState.BASELINE
    assert [each.post.path for each in gone] == ["content/posts/a.md"]


def test_a_page_of_the_future_comes_in_its_time(site, sqlite_engine):
    site.engine = sqlite_engine
    due = site.now + timedelta(days=1)
    site.write("content/posts/a.md", f"---\ntitle: A\npublishDate: {due:%Y-%m-%dT%H:%M:%SZ}\n---\n")
    site.write("content/posts/b.md", "---\ntitle: B\ndate: 2024-01-22\n---\n")
    site.detect()

    new = site.detect(later=timedelta(days=2)).new

    assert [each.post.path for each in new] == ["content/posts/a.md"]
