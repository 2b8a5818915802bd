"""What the linter would say of an edition that is being frozen: told in its log, and hindering nothing."""

from syndicate.audience.tokens import unsubscribe_url
from syndicate.dispatch.sender import Sender
from syndicate.errors import MessageError
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire
from syndicate.model.finding import Severity

#: Told of an edition that was put together so; by a mail server it never leaves.
UNADDRESSED = "without a postal address"
#: Of the rules that are named.
_NAMED = 5


def remarks(wire: bytes, ours: Sender) -> str:
    """Give what is to be said of a variant's message; "" where it breaks no rule, or only hints."""
    return ("" if ours.addressed else f"; {UNADDRESSED}") + _broken_rules(wire, ours)


def _broken_rules(wire: bytes, ours: Sender) -> str:
    from syndicate.mail.linting import lint

    try:
        message = Wire.parse(wire).fill(_nobody(ours))
    except MessageError:  # told when it is sent: nothing is refused here
        return ""
    found = sorted(lint(message), key=lambda each: tuple(Severity).index(each.severity))
    rules = list(dict.fromkeys(each.rule for each in found if each.severity is not Severity.HINT))
    more = f" and {len(rules) - _NAMED} more" if len(rules) > _NAMED else ""
    return f"; `syndicate check` says: {', '.join(rules[:_NAMED])}{more}" if rules else ""


def _nobody(ours: Sender) -> Personal:
    return Personal(
        address=f"reader@{ours.domain}",
        message_id=f"<freeze@{ours.domain}>",
        unsubscribe_url=unsubscribe_url(ours.base_url, "freeze"),
        unsubscribe_mailto=f"mailto:{ours.reply_to}?subject=freeze",
    )
