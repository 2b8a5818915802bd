"""What ten thousand readers cost: one page set and inlined for each variant, and not one more."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import jinja2
import premailer
import pytest

from syndicate.digests.rendering import render
from syndicate.dispatch.delivering import deliver
from syndicate.dispatch.local import freeze_due, local_hands
from syndicate.model.delivery import Outcome, Reply
from syndicate.model.site import Site

READERS = 10_000


class Counting:
    """A transport that takes everything and keeps nothing but the size of what it saw."""

    repeatable = True
    capacity = None

    def __init__(self):
        self.subjects = Counter()
        self.recipients = set()

    def hand_over(self, messages):
        """Take each message."""
        for message in messages:
            head = message.content.partition(b"\r\n\r\n")[0]
            self.subjects[head.partition(b"\r\nSubject: ")[2].partition(b"\r\n")[0].decode()] += 1
            self.recipients.add(message.envelope.recipient)
            yield message.delivery_id, Reply(outcome=Outcome.ACCEPTED, text="taken")

    def close(self):
        """Nothing is held open."""


@pytest.fixture
def site(tmp_path):
    return Site(
        kind="jekyll",
        root=tmp_path,
        url="https://gazette.example",
        title="The Gazette",
        description="",
        language="en",
        zone="UTC",
        author="",
        collections=("posts",),
        fingerprint="1",
    )


@pytest.fixture
def calls(monkeypatch):
    """Count the two expensive steps, both of libraries: Jinja's rendering and premailer's inlining."""
    found = Counter()

    def counted(owner, method):
        usual = getattr(owner, method)

        def call(*given, **named):
            found[method] += 1
            return usual(*given, **named)

        monkeypatch.setattr(owner, method, call)

    counted(jinja2.Template, "render")
    counted(premailer.Premailer, "transform")
    return found


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_ten_thousand_readers_of_two_variants_cost_two_renderings_and_two_inlinings(river, site, calls):
    river.start()
    river.crowd(READERS // 2)
    river.arrive("fog")
    river.crowd(READERS)  # the others come now, and are owed what comes from here on
    river.arrive("gulls")
    river.tick()  # the next Monday is noted
    river.now += timedelta(days=7)
    river.tick()

    settings = replace(river.settings, mail=replace(river.settings.mail, reply_to="news@gazette.example"))

    def rendered(shown, edition):
        return render(
            shown,
            list_settings=river.list_settings,
            site=site,
            settings=settings,
            at=edition.due_at,
            edition_url="https://gazette.example/editions/gazette/1/",
            contents=lambda _: "<p>Words.</p>",
        )

    frozen = freeze_due(river.engine, river.settings, render=rendered, now=river.now)
    assert frozen.problems == ()
    (edition,) = frozen.editions
    transport = Counting()
    hands = replace(local_hands(river.settings, clock=lambda: river.now), transport=transport, group=1_000)
    edition = deliver(river.engine, edition, hands=hands, late_after=timedelta(days=10))

    assert str(edition.state) == "sent"
    assert len(transport.recipients) == READERS
    assert sorted(transport.subjects.values()) == [READERS // 2, READERS // 2]
    assert calls == {"render": 2, "transform": 2}
