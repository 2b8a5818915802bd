"""What the preview's page answers, from proofs that are made by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from syndicate.errors import TemplateError
from syndicate.model.finding import Finding, Severity
from syndicate.model.post import PostId
from syndicate.model.shaping import Shaping
from syndicate.reports.proof import ExpectedVariant, Proof
from syndicate.web.preview.application import Preview, application
from syndicate.web.preview.proofs import Proofs

HTML = (
    "<html><head><style>@media (prefers-color-scheme:dark){p{color:#fff}}</style></head><body><p>Fog</p>"
    '<img src="https://gazette.example/a.png"></body></html>'
)
PROOF = Proof(
    list_name="gazette",
    list_title="The <Gazette>",
    subject="Fog & <script>",
    html=HTML,
    text="Fog in the text",
    message=b"Subject: Fog\r\n\r\nbody\r\n",
    send=None,
    specimen=True,
    variants=(
        ExpectedVariant(titles=("Fog", "Tide"), readers=1_200),
        ExpectedVariant(titles=("Fog",), readers=3),
    ),
    findings=(
        Finding(
            rule="postal-address",
            severity=Severity.WARNING,
            line=7,
            part="HTML part",
            what="no <address>",
            remedy="write one",
            why="The law.",
            source="CAN-SPAM",
        ),
    ),
)


class Rehearsed:
    """Gives what it was told to give, or raises it."""

    def __init__(self, root: Path) -> None:
        self.outcome: Proof | Exception = PROOF
        self.changed = False
        site = SimpleNamespace(root=root, url="https://gazette.example")
        self.opening = SimpleNamespace(source=SimpleNamespace(site=site))

    def proof(self, *, now: datetime) -> tuple[SimpleNamespace, Proof]:
        """Be a rehearsal."""
        assert now.tzinfo is UTC
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.opening, self.outcome

    def outdated(self) -> bool:
        """Say what it was told to say."""
        return self.changed


@pytest.fixture
def rehearsed(tmp_path: Path) -> Rehearsed:
    (tmp_path / "a.png").write_bytes(b"picture")
    return Rehearsed(tmp_path)


@pytest.fixture
def proofs(rehearsed: Rehearsed) -> Proofs:
    return Proofs(rehearsed, explain=lambda error: [str(error)])


@pytest.fixture
def client(proofs: Proofs, tmp_path: Path) -> TestClient:
    proofs.renew()
    preview = Preview(proofs=proofs, templates=tmp_path / "templates", ending=lambda: True)
    return TestClient(application(preview), base_url="http://127.0.0.1:8000", follow_redirects=False)


def test_the_page_says_what_is_known_of_the_edition_and_escapes_it(client: TestClient) -> None:
    page = client.get("/").text

    assert "Fog &amp; &lt;script&gt;" in page
    assert "Nobody is owed anything yet" in page
    assert "1,200</td>" in page
    assert '<bdi class="title">Fog</bdi><bdi class="title">Tide</bdi>' in page
    assert "no &lt;address&gt;; write one." in page
    assert "HTML part, line 7 of the message" in page
    assert f"{len(HTML)} of 102,000 bytes" in page


def test_the_page_runs_its_own_script_alone_and_asks_nobody_else(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]

    assert "default-src 'none'; script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(("scheme", "condition"), [("dark", "(min-width:0)"), ("light", "(max-width:0)")])
def test_the_mail_is_shown_in_the_scheme_that_was_asked_for(client, scheme: str, condition: str) -> None:
    assert f"@media {condition}{{p" in client.get(f"/mail?scheme={scheme}").text


def test_the_mail_can_run_nothing(client: TestClient) -> None:
    policy = client.get("/mail").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy


def test_without_images_none_may_be_asked_for(client: TestClient) -> None:
    assert client.get("/mail?images=off").headers["content-security-policy"].startswith("img-src 'none';")


def test_a_picture_comes_from_the_sites_folder_else_from_the_site(client: TestClient) -> None:
    assert 'src="/site/a.png"' in client.get("/mail").text
    assert client.get("/site/a.png").content == b"picture"
    assert client.get("/site/b.png").headers["location"] == "https://gazette.example/b.png"


def test_of_a_site_without_an_address_a_picture_leads_nowhere(client, rehearsed: Rehearsed) -> None:
    rehearsed.opening.source.site.url = ""

    assert client.get("/site//elsewhere.example/x", follow_redirects=False).status_code == 404
    assert client.get("/site/a.png").content == b"picture"


def test_text_and_message_are_shown_and_the_message_can_be_taken(client: TestClient) -> None:
    assert "Fog in the text" in client.get("/?show=text").text
    assert "Subject: Fog" in client.get("/?show=message").text
    answer = client.get("/message.eml")
    assert answer.content == PROOF.message
    assert answer.headers["content-disposition"] == 'attachment; filename="gazette.eml"'


def test_what_stops_it_is_one_line_beside_the_last_edition(
    client, proofs: Proofs, rehearsed: Rehearsed
) -> None:
    rehearsed.outcome = TemplateError("templates/email/digest.html:2: oh; mend <it>")
    proofs.renew()

    page = client.get("/").text

    assert "<code>templates/email/digest.html:2: oh; mend &lt;it&gt;</code>" in page
    assert "Fog &amp; &lt;script&gt;" in page
    assert "Traceback" not in page


def test_a_fault_of_ours_ends_nothing(client, proofs: Proofs, rehearsed: Rehearsed) -> None:
    rehearsed.outcome = ZeroDivisionError("by zero")
    proofs.renew()

    assert "<code>by zero</code>" in client.get("/").text


def test_it_recovers_when_it_is_mended(client, proofs: Proofs, rehearsed: Rehearsed) -> None:
    rehearsed.outcome = TemplateError("broken")
    proofs.renew()
    rehearsed.outcome = replace(PROOF, subject="Mended")
    proofs.renew()

    page = client.get("/").text

    assert "Mended" in page
    assert "broken" not in page


def test_a_change_of_the_store_is_followed(client, proofs: Proofs, rehearsed: Rehearsed) -> None:
    rehearsed.outcome = replace(PROOF, subject="Shaped")
    proofs.follow()
    unasked = client.get("/").text
    rehearsed.changed = True
    proofs.follow()

    assert "Shaped" not in unasked
    assert "Shaped" in client.get("/").text


def test_a_change_of_the_store_that_changes_no_edition_disturbs_nobody(client, proofs, rehearsed) -> None:
    before = proofs.shown.version
    rehearsed.changed = True
    proofs.follow()

    assert proofs.shown.version == before


def test_what_an_editor_gave_it_is_said(client, proofs: Proofs, rehearsed: Rehearsed) -> None:
    shaping = Shaping(introduction="Dear readers", dropped=frozenset({PostId(1)}))
    dropped = SimpleNamespace(post=SimpleNamespace(title="Fog <again>", path="fog.md"))
    send = SimpleNamespace(shaping=shaping, dropped=(dropped,))
    rehearsed.outcome = replace(PROOF, send=send)
    proofs.renew()

    page = client.get("/").text

    assert "All that it would bring was dropped; the newest posts stand in." in page
    assert "<p>Introduction, 1 dropped</p>" in page
    assert "Left out: <bdi>Fog &lt;again&gt;</bdi>" in page


def test_before_the_first_edition_the_page_says_so(rehearsed: Rehearsed, tmp_path: Path) -> None:
    rehearsed.outcome = TemplateError("broken")
    proofs = Proofs(rehearsed, explain=lambda error: [str(error)])
    proofs.renew()
    preview = Preview(proofs=proofs, templates=tmp_path / "templates", ending=lambda: True)
    client = TestClient(application(preview), base_url="http://127.0.0.1")

    assert "There is no edition to show yet" in client.get("/").text
    assert [client.get(path).status_code for path in ("/mail", "/message.eml", "/site/a.png")] == [404] * 3


def events(proofs: Proofs, tmp_path: Path, after: str, *, looks: int) -> str:
    """Give what is told within so many looks."""
    left = iter([False] * looks + [True])
    preview = Preview(proofs=proofs, templates=tmp_path, ending=lambda: next(left))
    client = TestClient(application(preview), base_url="http://127.0.0.1")
    return client.get(f"/events?after={after}").text


def test_a_page_that_is_behind_is_told_at_once_and_once(proofs: Proofs, tmp_path: Path) -> None:
    before = proofs.shown.version
    proofs.renew()

    told = events(proofs, tmp_path, before, looks=2)

    assert told == f"retry: 1000\n\nevent: changed\ndata: {proofs.shown.version}\n\n"


def test_a_page_that_is_up_to_date_hears_nothing(proofs: Proofs, tmp_path: Path) -> None:
    assert events(proofs, tmp_path, proofs.shown.version, looks=2) == "retry: 1000\n\n"


@pytest.mark.parametrize("path", ["/", "/mail", "/message.eml", "/events", "/site/a.png"])
def test_a_page_elsewhere_whose_name_leads_here_is_not_answered(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert "Fog" not in answer.text


def test_a_broken_page_of_ones_own_is_one_line(proofs: Proofs, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "web" / "preview"
    own.mkdir(parents=True)
    (own / "preview.html").write_text("{{ nobody }}", encoding="utf-8")
    preview = Preview(proofs=proofs, templates=tmp_path / "templates", ending=lambda: True)
    answer = TestClient(application(preview), base_url="http://127.0.0.1").get("/")

    assert answer.status_code == 500
    assert answer.text.startswith(f"{own / 'preview.html'}:1: 'nobody' is undefined")
    assert answer.text.count("\n") == 1
