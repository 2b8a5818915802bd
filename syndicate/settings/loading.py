"""Settings from a file, the environment and the command line, in that order of growing weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from syndicate.errors import SettingsError
from syndicate.settings.checking import check
from syndicate.settings.locating import KeyPath, locate, nearest_line
from syndicate.settings.reading import Problem, read_table
from syndicate.settings.schema import Settings, SiteSettings
from syndicate.settings.secrecy import is_secret, variable, written_out
from syndicate.settings.web_address import is_repository_address

#: ``SYNDICATE_MAIL__SENDER`` is ``mail.sender``.
_ENVIRONMENT_PREFIX = "SYNDICATE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assignment:
    """One key set from outside the file."""

    path: KeyPath
    value: object
    #: How the user wrote it, for problems.
    label: str


def load(
    file: Path | None, *, assignments: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Settings:
    """Give the settings, or raise one ``SettingsError`` with a line for each thing that is wrong.

    Paths in the file are taken from the folder above ``config/`` (else from the file's own folder).
    """
    text = _text(file)
    table = _parse(text, file)
    secrets = written_out(table)
    outside = [*_from_environment(environment or {}), *map(_from_command, assignments)]
    outside = [replace(each, path=_assign(table, each)) for each in outside]
    settings, problems = read_table(Settings, table)
    if settings is not None:
        problems = check(settings)
    problems = [*secrets, *problems]
    if settings is None or problems:
        raise SettingsError("\n".join(_line(problem, text, file, outside) for problem in problems))
    return _resolved(settings, home_of(file))


def _text(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(
            f"{file}: there is no such file; `syndicate init SITE` writes one, or use --site FOLDER"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: can't be read ({error}); mend it and run again") from error


def _parse(text: str, file: Path | None) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib  # here, for its expressions take as long to be made as twenty posts to be read

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at line ")
        line = place.partition(",")[0]
        where = f"{file}:{line}" if line.isdigit() else f"{file}"
        raise SettingsError(f"{where}: is not TOML ({what.lower()}); mend that line") from None


def _from_environment(environment: Mapping[str, str]) -> list[_Assignment]:
    known = {section.upper() for section in Settings.__dataclass_fields__}
    found = []
    for name, value in sorted(environment.items()):
        parts = name.removeprefix(_ENVIRONMENT_PREFIX).split("__")
        if name.startswith(_ENVIRONMENT_PREFIX) and parts[0] in known:
            found.append(_assignment(".".join(parts).lower(), value, label=name))
    return found


def _from_command(text: str) -> _Assignment:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise SettingsError(f"--set {text}: is not KEY=VALUE; write it as --set posts.excerpt=jekyll")
    assignment = _assignment(key.strip(), value.strip(), label=f"--set {key.strip()}")
    if is_secret(assignment.path):
        raise SettingsError(
            f"{assignment.label}: everybody on this machine can read a command line; "
            f"set {variable(assignment.path)} in the environment"
        )
    return assignment


def _assignment(key: str, value: str, *, label: str) -> _Assignment:
    path = tuple(int(part) if part.isdigit() else part for part in key.split("."))
    return _Assignment(path=path, value=value if is_secret(path) else _toml_or_text(value), label=label)


def _toml_or_text(value: str) -> object:
    """Read ``5``, ``true`` and ``["a"]`` as TOML has them, anything else as text."""
    import tomllib

    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _assign(table: dict[str, Any], assignment: _Assignment) -> KeyPath:
    """Set the key, and give its path with names of lists and feeds turned into their numbers."""
    place: Any = table
    path: KeyPath = ()
    for part in assignment.path[:-1]:
        part, place = _step(place, part, assignment.label)  # noqa: PLW2901 - a name becomes its number
        path = (*path, part)
    if not isinstance(place, dict):
        raise SettingsError(f"{assignment.label}: leads nowhere; see the keys in config/syndicate.toml")
    last = str(assignment.path[-1])
    place[last] = assignment.value
    return (*path, last)


def _step(place: object, part: str | int, label: str) -> tuple[str | int, object]:
    if isinstance(place, list):
        return _member(place, part, label)
    if isinstance(place, dict):
        return part, cast("dict[str, Any]", place).setdefault(str(part), {})
    return part, None


def _member(entries: list[Any], part: str | int, label: str) -> tuple[int, object]:
    """Find one of several ``[[lists]]`` by its number or its name."""
    for index, entry in enumerate(entries):
        if part == index or (isinstance(entry, dict) and entry.get("name") == part):
            return index, entry
    raise SettingsError(f'{label}: there is no "{part}" here; use a name or a number from 0')


def _line(problem: Problem, text: str, file: Path | None, outside: Sequence[_Assignment]) -> str:
    key = ".".join(str(part) for part in problem.path)
    for assignment in outside:
        if problem.path[: len(assignment.path)] == assignment.path:
            return f"{assignment.label}: {problem.text}"
    line = nearest_line(locate(text), problem.path)
    where = f"{file or 'settings'}:{line}" if line else f"{file or 'settings'}"
    return f"{where}: {key}: {problem.text}" if key else f"{where}: {problem.text}"


def home_of(file: Path | None) -> Path:
    """Give the folder that a configuration's relative paths are taken from."""
    if file is None:
        return Path()
    return file.parent.parent if file.parent.name == "config" else file.parent


def _resolved(settings: Settings, home: Path) -> Settings:
    store, smtp, dkim = settings.store, settings.smtp, settings.dkim
    return replace(
        settings,
        outbox=home / settings.outbox,
        templates=home / settings.templates,
        site=_site_below(home, settings.site),
        store=replace(store, url_file=_below(home, store.url_file)),
        smtp=replace(
            smtp, ca_file=_below(home, smtp.ca_file), password_file=_below(home, smtp.password_file)
        ),
        dkim=replace(
            dkim,
            key_file=_below(home, dkim.key_file),
            ed25519_key_file=_below(home, dkim.ed25519_key_file),
        ),
    )


def _site_below(home: Path, site: SiteSettings) -> SiteSettings:
    """Give it with its folder; in a repository, paths are taken from the repository's top."""
    if not site.git:
        return replace(site, path=home / site.path)
    return site if is_repository_address(site.git) else replace(site, git=str((home / site.git).resolve()))


def _below(home: Path, path: Path | None) -> Path | None:
    return home / path if path else None
