import gzip
import os
from pathlib import Path
from urllib.parse import urljoin

import brotli
import pytest
from starlette.testclient import TestClient

from syndicate.settings.schema import PublishSettings, Settings
from syndicate.web.application import application

FEED = b"<feed/>"


@pytest.fixture
def public(tmp_path: Path) -> Path:
    folder = tmp_path / "outbox" / "public" / "feeds" / "all"
    folder.mkdir(parents=True)
    (folder / "atom.xml").write_bytes(FEED)
    (folder / "atom.xml.gz").write_bytes(gzip.compress(FEED, mtime=0))
    (folder / "atom.xml.br").write_bytes(brotli.compress(FEED))
    (folder / "index.html").write_text("<p>hello</p>", encoding="utf-8")
    os.utime(folder / "atom.xml", (1_700_000_000, 1_700_000_000))
    (tmp_path / "outbox" / "syndicate.db").write_text("secret", encoding="utf-8")
    return tmp_path / "outbox" / "public"


@pytest.fixture
def client(public: Path, sqlite_engine) -> TestClient:
    settings = Settings(
        outbox=public.parent,
        publish=PublishSettings(base_url="https://news.example", hub="https://hub.example/"),
    )
    return TestClient(application(settings, sqlite_engine), follow_redirects=False)


def test_a_feed_names_its_type_and_how_to_ask_again(client):
    answer = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "identity"})

    assert answer.content == FEED
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Last-Modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Link"] == (
        '<https://news.example/feeds/all/atom.xml>; rel="self", <https://hub.example/>; rel="hub"'
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_volume_of_an_archive_is_a_feed_that_no_hub_is_told_of(client, public):
    volume = public / "feeds" / "all" / "archive" / "3" / "atom.xml"
    volume.parent.mkdir(parents=True)
    volume.write_bytes(FEED)

    answer = client.get("/feeds/all/archive/3/atom.xml")

    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["Link"] == '<https://news.example/feeds/all/archive/3/atom.xml>; rel="self"'


def test_a_second_poll_costs_no_body(client):
    tag = client.get("/feeds/all/atom.xml").headers["ETag"]

    answer = client.get("/feeds/all/atom.xml", headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["ETag"] == tag


def test_a_client_that_takes_gzip_gets_it_with_its_own_tag(client):
    plain = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "identity"})
    packed = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == FEED
    assert packed.headers["ETag"] != plain.headers["ETag"]


def test_a_client_that_takes_brotli_gets_that(client):
    answer = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert int(answer.headers["Content-Length"]) == len(brotli.compress(FEED))


@pytest.mark.parametrize("asked", ["identity", "gzip", "br"])
def test_every_repeated_poll_costs_no_body_in_any_encoding(client, asked):
    first = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": asked})
    by_tag = {"If-None-Match": first.headers["ETag"]}
    by_date = {"If-Modified-Since": first.headers["Last-Modified"]}

    polls = [
        client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": coding, **condition})
        for condition in (by_tag, by_date, {**by_tag, **by_date})
        for coding in ("identity", "gzip", "br, gzip")
    ]

    assert {(poll.status_code, poll.content) for poll in polls} == {(304, b"")}
    assert all({"etag", "cache-control", "vary"} <= set(poll.headers) for poll in polls)


def test_three_encodings_have_three_tags(client):
    tags = {
        client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": coding}).headers["ETag"]
        for coding in ("identity", "gzip", "br")
    }

    assert len(tags) == 3


def test_a_script_of_another_site_may_ask_conditionally(client):
    answer = client.options(
        "/feeds/all/atom.xml",
        headers={"Origin": "https://reader.example", "Access-Control-Request-Method": "GET"},
    )

    assert answer.status_code == 204
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_what_a_static_host_reads_is_not_served(client, public):
    (public / "_redirects").write_text("/a /b 301", encoding="utf-8")

    assert client.get("/_redirects").status_code == 404


def test_a_client_that_refuses_gzip_gets_none(client):
    answer = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "gzip;q=0"})

    assert "Content-Encoding" not in answer.headers


def test_a_head_request_has_the_headers_and_no_body(client):
    answer = client.head("/feeds/all/atom.xml", headers={"Accept-Encoding": "identity"})

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["ETag"]


def test_a_folder_answers_with_its_page_at_its_own_address(client):
    assert client.get("/feeds/all").status_code == 301
    assert urljoin("/feeds/all", client.get("/feeds/all").headers["Location"]) == "/feeds/all/"
    assert client.get("/feeds/all/").text == "<p>hello</p>"


@pytest.mark.parametrize(
    "path",
    [
        "/../syndicate.db",
        "/%2e%2e/syndicate.db",
        "/..%2fsyndicate.db",
        "/feeds/all/..%2f..%2f..%2fsyndicate.db",
        "/.hidden",
        "/%00",
        "/feeds/all/atom.xml/x",
        "/nothing",
        "/feeds",
    ],
)
def test_nothing_outside_the_public_folder_is_served(client, path):
    answer = client.get(path)

    assert answer.status_code in {301, 404}
    assert "secret" not in answer.text


def test_a_link_that_leads_outside_is_not_followed(client, public):
    (public / "leak").symlink_to(public.parent / "syndicate.db")

    assert client.get("/leak").status_code == 404


def test_other_methods_are_refused_by_name(client):
    answer = client.post("/feeds/all/atom.xml")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_root_leads_to_the_feeds_where_it_has_no_page_of_its_own(client, public):
    before = client.get("/")
    (public / "index.html").write_text("<p>home</p>", encoding="utf-8")
    after = client.get("/")

    assert (before.status_code, before.headers["Location"]) == (307, "./feeds/")
    assert after.text == "<p>home</p>"


def test_a_name_that_no_file_can_have_is_not_found(client, public):
    (public / "circle").symlink_to("circle")

    assert client.get(f"/{'a' * 300}").status_code == 404
    assert client.get("/circle").status_code == 404


def test_a_gzip_that_is_older_than_its_file_is_not_served(client, public):
    (public / "feeds" / "all" / "atom.xml").write_bytes(b"<feed>newer</feed>")
    for packed in ("atom.xml.gz", "atom.xml.br"):
        os.utime(public / "feeds" / "all" / packed, (1_700_000_000, 1_700_000_000))

    answer = client.get("/feeds/all/atom.xml", headers={"Accept-Encoding": "gzip, br"})

    assert answer.content == b"<feed>newer</feed>"
    assert "Content-Encoding" not in answer.headers
