from pathlib import Path

from syndicate.digests.archiving import public_page


def test_the_public_page_holds_nothing_personal(digest, make_post, tmp_path: Path) -> None:
    edition = digest(make_post(1), make_post(2))

    page = public_page(html=edition.html, wire=edition.wire, templates=tmp_path)

    assert page.startswith("<!DOCTYPE html>")
    assert "SLOT" not in page
    assert "slot.invalid" not in page
    assert "Unsubscribe" not in page
    assert "It was sent to" not in page
    assert "Ferry report 2" in page
    assert "Rope Walk" in page
    assert "<!--[if mso]>" in page


def test_a_template_without_the_mark_gets_a_neutral_text(digest, make_post, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "email"
    folder.mkdir(parents=True)
    (folder / "post.html").write_text(
        '<html lang="en"><head></head><body><p>To {{ address }}</p><a href="{{ unsubscribe_url }}">Leave</a>',
        encoding="utf-8",
    )
    edition = digest(make_post(1))

    page = public_page(html=edition.html, wire=edition.wire, templates=tmp_path)

    assert "<p>To its subscribers</p><a>Leave</a>" in page
