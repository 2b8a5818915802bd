"""When an edition stops collecting: pure."""

from datetime import datetime

from syndicate.settings.schema import ListSettings


def needs_approval(list_settings: ListSettings) -> bool:
    """Give whether an editor has to say yes to each edition of the list."""
    return list_settings.approval == "editor"


def cut_off(list_settings: ListSettings, due_at: datetime) -> datetime:
    """Give when an edition is frozen: when it is due, or so much ahead that an editor can look at it."""
    return due_at - list_settings.approve_before if needs_approval(list_settings) else due_at
