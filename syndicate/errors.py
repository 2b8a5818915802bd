"""Every exception of the project, under one root.

A message reads ``where: what; what to do`` and is printed to the user as it stands.
"""

from datetime import timedelta


class SyndicateError(Exception):
    """Anything that ends a command with one clear line.

    ``permanent`` alone decides retry: a permanent error comes again however often it is tried.
    """

    permanent = True
    #: The process's exit code where this error ends a command (see ``cli``).
    exit_code = 1


class SettingsError(SyndicateError):
    """The configuration can't be used as it stands."""

    exit_code = 2


class SiteError(SyndicateError):
    """The site as a whole can't be read."""


class PostError(SyndicateError):
    """One post can't be read; the others are untouched."""

    def __init__(self, path: str, what: str, remedy: str, *, line: int | None = None) -> None:
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {what}; {remedy}")
        self.path = path
        self.line = line


class TemplateError(SyndicateError):
    """A template is missing, ill-formed, or uses a name that isn't there."""


class StoreError(SyndicateError):
    """The store can't be opened, or isn't the one it should be."""


class BusyError(StoreError):
    """Another process works on the same outbox."""

    permanent = False


class FeedError(SyndicateError):
    """A feed can't be written as configured."""


class MessageError(SyndicateError):
    """A message can't be built, or would be unsafe to send."""


class AddressError(SyndicateError):
    """A mailbox address can't be used."""


class AudienceError(SyndicateError):
    """A change to the audience is refused."""


class EditionError(SyndicateError):
    """An edition can't do what was asked in the state it is in."""


class TransportError(SyndicateError):
    """Bytes couldn't be handed over; ``permanent`` says whether trying again can help."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class OutboxError(SyndicateError):
    """The outbox folder can't be written."""

    permanent = False


class FetchError(SyndicateError):
    """An address on the web gave nothing that can be used; ``permanent`` says whether to ask again."""

    def __init__(
        self, message: str, *, permanent: bool, status: int = 0, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        #: The server's own (RFC 9110 §15); 0 where there was no answer.
        self.status = status
        #: How long the server asks us to stay away (RFC 9110 §10.2.3).
        self.retry_after = retry_after
