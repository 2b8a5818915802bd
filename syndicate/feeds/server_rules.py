"""Redirects as nginx and Caddy read them, for a file that their configuration includes.

A path is matched as a whole, with and without a slash at its end, and whatever is in it stays a word: nginx
compares with the decoded path (ngx_http_core_module, "location"), Caddy with the encoded one where the
pattern is (caddyhttp, "path matcher").
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from syndicate.feeds import links
from syndicate.settings.redirecting import GONE, is_path, normal
from syndicate.settings.schema import RedirectSettings

#: A move is for good, but may have been a mistake (seconds).
_MAX_AGE = 86_400
#: What Caddy finds written either way; the rest is a wildcard, a sign of its own, or encoded by every client.
_KEPT = "/-._~!$&'()+,;=:@"
_HEAD = """\
# Written by syndicate from the [[redirects]] of its configuration. After a change: {reload}
"""


def nginx(moved: Sequence[RedirectSettings]) -> str:
    """Give a file to include in a ``server`` of nginx."""
    lines = [_HEAD.format(reload="nginx -s reload")]
    for each in moved:
        path = normal(each.from_)
        answer = "410" if each.status == GONE else f'{each.status} "{_target(each).replace("$", "%24")}"'
        if not path.isprintable():
            lines.append(f"# {links.escaped(each.from_)} can't be written here\n")
            continue
        lines += [
            f'location = "{_quoted(form)}" {{\n'
            f'    add_header Cache-Control "public, max-age={_MAX_AGE}" always;\n'
            '    add_header Access-Control-Allow-Origin "*" always;\n'
            f"    return {answer};\n}}\n"
            for form in (path, f"{path}/")
        ]
    return "".join(lines)


def caddy(moved: Sequence[RedirectSettings]) -> str:
    """Give a file to import into a site of Caddy."""
    return "".join((_HEAD.format(reload="caddy reload"), *_caddy_lines(moved)))


def _caddy_lines(moved: Sequence[RedirectSettings]) -> Iterator[str]:
    for number, each in enumerate(moved, start=1):
        path = quote(normal(each.from_), safe=_KEPT)
        name = f"@redirect{number}"
        yield f'{name} path "{path}" "{path}/"\n'
        yield f'header {name} Cache-Control "public, max-age={_MAX_AGE}"\n'
        yield f'header {name} Access-Control-Allow-Origin "*"\n'
        if each.status == GONE:
            yield f'respond {name} "This is gone for good." {GONE}\n'
        else:
            yield f'redir {name} "{_target(each)}" {each.status}\n'


def _target(moved: RedirectSettings) -> str:
    """Give where it is now, in ASCII and without quotes or braces."""
    return links.escaped(moved.to) if is_path(moved.to) else links.web_url(moved.to)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
