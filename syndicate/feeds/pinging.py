"""One ping to a WebSub hub: "this topic has changed, fetch it" (WebSub §7, in the form public hubs take)."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from syndicate.errors import FetchError
from syndicate.feeds import links
from syndicate.fetching import Request, fetch, shown
from syndicate.model.job import Task
from syndicate.settings.schema import Settings
from syndicate.settings.web_address import same_address

#: The kind of job that tells a hub.
PING = "websub"
#: For the whole exchange, however slowly the hub talks: the next pass waits for it.
PATIENCE = timedelta(seconds=10)


def ping(task: Task, *, settings: Settings, patience: timedelta = PATIENCE) -> None:
    """Tell the hub of ``task`` that its topic has changed; ``FetchError`` says whether trying again can help.

    A hub that is no longer the configured one is told nothing.
    """
    hub, topic = task.payload["hub"], task.payload["topic"]
    if hub != settings.publish.hub:
        return
    request = Request(
        url=links.web_url(hub),
        method="POST",
        content=urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}).encode(),
        content_type="application/x-www-form-urlencoded",
    )
    # Whoever configures a hub means it, also one on this machine; where it sends us on to isn't meant.
    allowed = (*settings.fetching.allow_hosts, urlsplit(request.url).hostname or "")
    limits = replace(settings.fetching, allow_hosts=allowed, timeout=min(patience, settings.fetching.timeout))
    try:
        answer = fetch(request, settings=limits)
    except FetchError as error:
        raise FetchError(
            f"publish.hub: {error}",
            permanent=error.permanent,
            status=error.status,
            retry_after=error.retry_after,
        ) from error
    if not same_address(answer.url, request.url):
        new = shown(answer.url)
        raise FetchError(f"publish.hub: {shown(hub)}: has moved to {new}; write that", permanent=True)
