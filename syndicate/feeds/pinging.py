"""One ping to a WebSub hub: "this topic has changed, fetch it" (WebSub §7, in the form public hubs take)."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from syndicate.errors import FeedError
from syndicate.model.job import Task
from syndicate.settings.web_address import is_web_address

if TYPE_CHECKING:
    import httpx2

#: For the whole exchange, however slowly the hub talks (seconds).
PATIENCE = 10.0
#: Refusals that may be over in a while.
_TRANSIENT = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


def ping(task: Task, *, hub: str, patience: float = PATIENCE) -> None:
    """Tell the hub of ``task`` that its topic has changed; ``FeedError`` says whether trying again can help.

    A hub that is no longer the configured one is told nothing.
    """
    if task.payload["hub"] != hub:
        return
    if not is_web_address(hub):
        raise FeedError(f"{hub}: is no web address; correct publish.hub")
    import asyncio

    _judge(hub, asyncio.run(_post(hub, task.payload["topic"], patience=patience)))


async def _post(hub: str, topic: str, *, patience: float) -> "httpx2.Response":
    import asyncio

    import httpx2

    form = {"hub.mode": "publish", "hub.url": topic, "hub.topic": topic}
    try:
        # The library's own patience begins anew with every byte.
        async with (
            asyncio.timeout(patience),
            httpx2.AsyncClient(trust_env=False, timeout=patience) as client,
            client.stream("POST", hub, data=form) as answer,
        ):
            return answer
    except TimeoutError:
        raise UnansweredError(f"{hub}: didn't answer within {patience:g} s; see whether it is up") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        reason = str(error) or type(error).__name__
        raise UnansweredError(f"{hub}: can't be reached ({reason}); see whether it is up") from error


def _judge(hub: str, answer: "httpx2.Response") -> None:
    status = answer.status_code
    if answer.is_success:
        return
    said = f"{status} {answer.reason_phrase}".strip()
    if answer.is_redirect:
        raise FeedError(f"{hub}: has moved to {answer.headers['Location']!r}; correct publish.hub")
    if answer.is_client_error and status not in _TRANSIENT:
        raise FeedError(f"{hub}: refused the ping ({said}); see whether publish.hub is the address it names")
    raise UnansweredError(f"{hub}: couldn't take the ping ({said}); see whether it is up")


class UnansweredError(FeedError):
    """A hub is away or out of order, and may be back."""

    permanent = False
