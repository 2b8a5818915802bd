"""What has to be there before an edition leaves by a mail server: pure.

Mailbox providers refuse mail without it, or the law does; a file in the outbox harms nobody.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from syndicate.dispatch.sender import aligned, counts
from syndicate.errors import SettingsError
from syndicate.mail.headers import mailbox
from syndicate.mail.keys import signing_keys
from syndicate.model.public_addresses import is_public_host
from syndicate.settings.domain_names import a_labels
from syndicate.settings.schema import Settings

#: Mailboxes for everybody, and the servers that may send for them: what others send from there fails SPF and
#: DKIM, and so DMARC; Gmail calls it impersonation ("Email sender guidelines").
_PROVIDERS: Mapping[str, str] = MappingProxyType(
    {
        "gmail.com googlemail.com": "gmail.com google.com googlemail.com",
        "yahoo.com yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com.au yahoo.com.br yahoo.de yahoo.es "
        "yahoo.fr yahoo.it ymail.com rocketmail.com aol.com aim.com": "yahoo.com yahoo.co.jp aol.com",
        "outlook.com outlook.de outlook.es outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.es "
        "hotmail.fr hotmail.it live.com live.co.uk live.de live.fr live.nl msn.com": (
            "outlook.com office365.com live.com"
        ),
        "icloud.com me.com mac.com": "me.com icloud.com",
        "gmx.at gmx.ch gmx.com gmx.de gmx.net web.de mail.com": "gmx.net gmx.com web.de mail.com",
        "t-online.de freenet.de": "t-online.de freenet.de",
        "proton.me protonmail.com pm.me": "protonmail.ch proton.me",
        "fastmail.com fastmail.fm": "fastmail.com messagingengine.com",
        "orange.fr wanadoo.fr free.fr laposte.net sfr.fr": "orange.fr free.fr laposte.net sfr.fr",
        "libero.it virgilio.it": "libero.it virgilio.it",
        "mail.ru bk.ru inbox.ru list.ru": "mail.ru",
        "yandex.com yandex.ru ya.ru": "yandex.com yandex.ru",
        "qq.com foxmail.com 163.com 126.com sina.com": "qq.com 163.com 126.com sina.com",
        "naver.com daum.net hanmail.net": "naver.com daum.net",
        "comcast.net verizon.net att.net zoho.com uol.com.br": "comcast.net verizon.net att.net zoho.com "
        "uol.com.br",
    }
)


_EXAMPLES = frozenset({"example", "invalid", "test", "example.com", "example.net", "example.org"})


def lacking(settings: Settings) -> tuple[str, ...]:
    """Give one line for each thing that keeps editions from leaving by SMTP; from completed settings."""
    return (*_postal_address(settings), *_base_url(settings), *_sender(settings), *_signature(settings))


def in_house(settings: Settings) -> bool:
    """Say whether the mail server is on this machine or a private network, by its name alone."""
    return not is_public_host(settings.smtp.host)


def for_examples(url: str) -> bool:
    """Say whether an address is under a name that leads nowhere by agreement (RFC 2606)."""
    labels = (urlsplit(url).hostname or "").rstrip(".").split(".")
    return labels[-1] in _EXAMPLES or ".".join(labels[-2:]) in _EXAMPLES


def unsigned(settings: Settings, domain: str) -> str:
    """Say why what was put together as mail from ``domain`` can't be signed; "" where that isn't so."""
    signer = settings.dkim.domain and a_labels(settings.dkim.domain)
    if not (signer and domain) or counts(signer, domain):
        return ""
    why = f"signatures by {signer} count for nothing on it (DMARC)"
    return f"it was put together as mail from {domain}, and {why}"


def require(settings: Settings) -> None:
    """Raise ``SettingsError``, a line for each thing lacking, where editions leave by SMTP."""
    if settings.mail.transport == "smtp" and (lines := lacking(settings)):
        raise SettingsError("\n".join(lines))


def _postal_address(settings: Settings) -> Iterator[str]:
    if not settings.mail.postal_address.strip():
        yield (
            "mail.postal_address: is missing, and most countries' law wants one at the foot of every mail; "
            "set it under [mail]"
        )


def _base_url(settings: Settings) -> Iterator[str]:
    where = "publish.base_url"
    url = settings.publish.base_url
    parts = urlsplit(url)
    remedy = 'set base_url = "https://…" under [publish]'
    if not parts.hostname:
        yield f"{where}: is missing, and unsubscribe links would lead nowhere; {remedy}"
    elif parts.scheme != "https":
        yield f"{where}: {url} is not https, and unsubscribing by one click needs it (RFC 8058); {remedy}"
    elif not is_public_host(parts.hostname) and not in_house(settings):
        yield f"{where}: {url} is nowhere that readers can reach to unsubscribe; {remedy}"


def _sender(settings: Settings) -> Iterator[str]:
    domain = mailbox(settings.mail.sender, what="mail.sender").domain.lower()
    remedy = 'set sender = "Name <news@your-domain>" under [mail]'
    if not _may_send_for(domain, settings.smtp.host.lower()):
        yield (
            f"mail.sender: only {domain}'s own servers may send for it, and mailboxes refuse what others do "
            f"(DMARC, RFC 7489); {remedy}"
        )
    elif not is_public_host(domain) and not in_house(settings):
        yield f"mail.sender: {domain} is no domain that has SPF, DKIM and DMARC; {remedy}"


def _may_send_for(domain: str, host: str) -> bool:
    for domains, hosts in _PROVIDERS.items():
        if domain in domains.split():
            return any(f".{host}".endswith(f".{each}") for each in hosts.split())
    return True


def _signature(settings: Settings) -> Iterator[str]:
    try:
        aligned(signing_keys(settings.dkim), mailbox(settings.mail.sender, what="mail.sender").domain)
    except SettingsError as error:
        yield str(error)
