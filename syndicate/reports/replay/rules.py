"""Which lists, and how often: the settings' own, or what somebody wants to try. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from syndicate.model.cadence import Cadence, Every
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings, Settings


def tried(settings: Settings, every: Sequence[Every], site: Site) -> Settings:
    """Give ``settings`` with lists that go out as often as ``every`` says; empty: as they do.

    Without any list there is one that carries everything, weekly where nothing else is said.
    """
    lists = settings.lists or (_everything(site),)
    if every:
        lists = tuple(replace(each, cadences=_cadences(each, every)) for each in lists)
    return replace(settings, lists=lists)


def _cadences(settings: ListSettings, every: Sequence[Every]) -> tuple[Cadence, ...]:
    own = {each.every: each for each in settings.cadences}
    return tuple(own.get(each) or _usual(each) for each in dict.fromkeys(every))


def _everything(site: Site) -> ListSettings:
    return ListSettings(
        name="all", title=site.title or "all", zone=site.zone, cadences=(_usual(Every.WEEKLY),)
    )


def _usual(every: Every) -> Cadence:
    return Cadence(
        every=every,
        on="mon" if every is Every.WEEKLY else None,
        day=1 if every is Every.MONTHLY else None,
    )
