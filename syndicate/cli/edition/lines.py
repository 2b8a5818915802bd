"""An edition on one line, and as JSON."""

from typing import Any

from syndicate.reports.editions import Line


def in_line(each: Line) -> str:
    """Give one edition on one line."""
    edition = each.edition
    subject = f"  “{edition.subject}”" if edition.subject else ""
    whom = f"  {each.whom}" if each.counts else ""
    due = f"{edition.due_at:%Y-%m-%d %H:%M} UTC"
    return f"{edition.id:>5}  {due}  {edition.list_name} {edition.cadence}  {edition.state}{whom}{subject}"


def as_json(each: Line) -> dict[str, Any]:
    """Give one edition for scripts."""
    edition = each.edition
    return {
        "number": edition.id,
        "list": edition.list_name,
        "cadence": edition.cadence,
        "occurrence": edition.occurrence,
        "due_at": edition.due_at.isoformat(),
        "state": str(edition.state),
        "subject": edition.subject,
        "counts": {str(state): count for state, count in each.counts.items()},
    }
