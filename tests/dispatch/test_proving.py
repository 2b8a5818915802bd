"""Asking ourselves whether unsubscribe links lead here."""

from dataclasses import replace

from web_server import web_server

from syndicate.dispatch.proving import unproven
from syndicate.settings.schema import PublishSettings


def test_a_redirect_to_nothing_is_named_in_the_same_words_whatever_was_asked(river):
    lines = set()
    with web_server() as server:
        settings = replace(river.settings, publish=PublishSettings(base_url=server.url("")))
        for nonce in ("one", "another"):
            server.say(f"/unsubscribe/proof/{nonce}", status=301, location=f"/www/unsubscribe/proof/{nonce}")

            lines.add(unproven(river.engine, settings, nonce=nonce))

    (line,) = lines
    assert "now: http://127.0.0.1:" in line
    assert "/www/unsubscribe/proof/…: is not there (404); let" in line
