"""A pass in words: what was found, what was written, what went out."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syndicate.cli.complaints import problem_lines
from syndicate.model.edition import Edition
from syndicate.pipeline import Pass, River, edition_folder
from syndicate.posts.detection import Detection
from syndicate.store.engine import reading

if TYPE_CHECKING:
    from syndicate.feeds.publishing import Publication
    from syndicate.jobs.running import Turn

_LABEL = 10


def lines(river: River, done: Pass, *, served: dict[int, str]) -> Iterator[str]:
    """Give the lines of a pass; ``served`` says of each edition whom it reached."""
    site = river.source.site
    yield f"{site.title or site.root.name} ({site.called} in {shown(site.root)})"
    yield from build_lines(done.detection, done.publication)
    for name in done.started:
        yield _row("list", f"{name} has started; from here on, what arrives is owed to its readers")
    for edition in done.editions:
        yield _row("edition", _edition(edition, served.get(edition.id, "")))
        yield from (_row("", str(shown(path))) for path in _written_for(river, edition))
    if done.jobs and (jobs := _jobs(done.jobs)):
        yield _row("hub", jobs)


def build_lines(detection: Detection, publication: "Publication | None") -> Iterator[str]:
    """Give the lines of the half of a pass that sends nothing."""
    yield _row("posts", posts_words(detection))
    if publication is None:
        yield _row("feeds", "nothing to write")
        return
    names = ", ".join(f"{feed.name} ({feed.entries})" for feed in publication.feeds)
    yield _row("feeds", f"{names}: {_files(publication)}")
    yield _row("", str(shown(publication.overview)))


def served(river: River, done: Pass) -> dict[int, str]:
    """Say of each edition how its deliveries stand: ``3 accepted``."""
    from syndicate.store import deliveries  # not for `build`

    with reading(river.engine) as connection:
        counts = {int(each.id): deliveries.counts(connection, each.id) for each in done.editions}
    return {
        number: ", ".join(f"{count} {state}" for state, count in found.items())
        for number, found in counts.items()
    }


def troubles(done: Pass) -> Iterator[tuple[str, str]]:
    """Give whatever an editor should see: the kind of each line, and the line."""
    publication = done.publication.warnings if done.publication else ()
    yield from (("warning", line) for line in (*done.detection.warnings, *publication, *done.warnings))
    yield from (("error", line) for line in done.detection.problems)
    yield from (("error", line) for line in problem_lines(done.problems))


def posts_words(detection: Detection) -> str:
    """Give what detection found, in one line."""
    news: Sequence[tuple[int, str]] = (
        (len(detection.new), "there from the start (the baseline)" if detection.baseline else "new"),
        (len(detection.changed), "changed"),
        (len(detection.gone), "gone"),
        (0 if detection.baseline else len(detection.arrived), "ready for mail"),
        (len(detection.waiting), "waiting for edits to stop"),
        (len(detection.held), "held until somebody says yes (see `syndicate posts release --help`)"),
        (detection.omitted, "left out by the site's own rules (drafts, future dates …)"),
        (len(detection.problems), "unreadable"),
    )
    said = [f"{count} {what}" for count, what in news if count]
    return f"{detection.found} on the site; " + (", ".join(said) if said else "nothing new")


def as_json(done: Pass, *, served: dict[int, str]) -> dict[str, Any]:
    """Give a pass for scripts."""
    return {
        "posts": _posts_json(done.detection),
        "written": [str(path) for path in _written(done.publication)] if done.publication else [],
        "editions": [_edition_json(edition, served.get(edition.id, "")) for edition in done.editions],
        "jobs": {kind: _keys(done.jobs, kind) for kind in ("done", "put_off", "given_up")},
        "problems": [*done.detection.problems, *problem_lines(done.problems)],
    }


def _keys(turn: "Turn | None", kind: str) -> list[str]:
    return [task.key for task in getattr(turn, kind)] if turn else []


def _posts_json(detection: Detection) -> dict[str, Any]:
    kinds = ("new", "changed", "gone", "arrived", "waiting", "held")
    return {
        "found": detection.found,
        "baseline": detection.baseline,
        **{kind: [each.post.path for each in getattr(detection, kind)] for kind in kinds},
        "omitted": detection.omitted,
    }


def _edition_json(edition: Edition, deliveries: str) -> dict[str, Any]:
    return {
        "number": edition.id,
        "list": edition.list_name,
        "state": str(edition.state),
        "due_at": edition.due_at.isoformat(),
        "subject": edition.subject,
        "deliveries": deliveries,
    }


def shown(path: Path) -> Path:
    """Give a path as the user would type it: from here where it is below."""
    here = Path.cwd()
    full = path.resolve()
    return full.relative_to(here) if full.is_relative_to(here) else full


def _written(publication: "Publication") -> tuple[Path, ...]:
    return (*publication.written, *publication.archived)


def _files(publication: "Publication") -> str:
    written = _written(publication)
    if not written:
        return f"nothing to write, {publication.unchanged} files are as they should be"
    kept = f", {publication.unchanged} unchanged" if publication.unchanged else ""
    return f"{len(written)} files written{kept}"


def _jobs(turn: "Turn") -> str:
    figures: Sequence[tuple[int, str]] = (
        (len(turn.done), "told"),
        (len(turn.put_off), "to be tried again"),
        (len(turn.given_up), "given up"),
    )
    said = ", ".join(f"{count} {what}" for count, what in figures if count)
    return f"changed addresses: {said}" if said else ""


def _written_for(river: River, edition: Edition) -> Iterator[Path]:
    """Give what an edition left in the outbox: its messages, where they leave as files, and its page."""
    outbox = river.settings.outbox
    messages = outbox / "mail" / edition.list_name / str(edition.id)
    page = outbox / "public" / edition_folder(edition.list_name, edition.id) / "index.html"
    return (path for path in (messages, page) if path.exists())


def _edition(edition: Edition, whom: str) -> str:
    subject = f" “{edition.subject}”" if edition.subject else ""
    return f"{edition.id} of {edition.list_name}:{subject} {edition.state}{', ' + whom if whom else ''}"


def _row(label: str, text: str) -> str:
    return f"  {label:{_LABEL}}{text}"
