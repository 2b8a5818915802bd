"""The keys of how mail looks and leaves; ``schema`` has them with all the others."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from syndicate.settings.option import option, secret


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Whom the mail comes from, and how it leaves."""

    transport: str = option(
        "outbox",
        '"outbox" writes each message to outbox/mail/LIST/NUMBER/. "smtp" hands it to the server of [smtp].',
    )
    sender: str = option(
        "", 'The From line: "The Gazette <news@example.org>". Needed once a list has readers.'
    )
    reply_to: str = option("", "Empty: the sender.")
    postal_address: str = option(
        "", "Stands at the foot of every message; the law asks for it in most countries."
    )
    inliner: str = option(
        "premailer", 'Writes style sheets into the tags: "premailer", or "css-inline" (an extra; faster).'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """How the mail looks; docs/themes.md shows it."""

    name: str = option(
        "paper",
        '"paper" is a quiet serif, "signal" a bold sans with a block of colour; or a folder of your own, '
        "templates/email/themes/NAME/.",
    )
    accent: str = option(
        "", 'The one colour of links, buttons and blocks: "#0a5c8a". Made darker where a link needs it.'
    )
    background: str = option("", 'What the text stands on: "#ffffff".')
    text: str = option("", 'The text: "#1a1a1a".')
    dark_accent: str = option("", "The same three for dark mode. Empty: accent, made lighter where needed.")
    dark_background: str = option("", "Empty: the theme's own.")
    dark_text: str = option("", "Empty: the theme's own.")
    font: str = option(
        "",
        'Of texts and headings: "serif", "sans", or names with commas between, "Charter, Georgia, serif"; '
        "a reader who hasn't got the first sees the next.",
    )
    logo: str = option(
        "",
        'A picture in the place of the list\'s name, "https://…", where everybody may fetch it; PNG, legible '
        "on light and on dark.",
    )
    logo_alt: str = option("", "What is read where it isn't shown. Empty: the list's name.")
    logo_width: int = option(160, "How wide it is shown (pixels, up to 536); twice that is a good file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The mail server that carries messages on, where mail.transport is "smtp"."""

    host: str = option("", "Name of the server; its certificate has to carry this name.")
    port: int = option(587, 'Usually 587 with "starttls", 465 with "tls", 25 inside a private network.')
    security: Literal["starttls", "tls", "none"] = option(
        "starttls",
        '"starttls" begins in the clear and refuses to go on so; "tls" is encrypted from the first byte. '
        '"none" is for a server on this machine or a private network, and is refused anywhere else.',
    )
    ca_file: Path | None = option(
        None, "A PEM file with the authority that signed the server's certificate. Empty: the system's own."
    )
    user: str = option("", "Account to sign in with, over TLS only. Empty: the server asks for none.")
    password: str = secret(
        "never written in this file; set SYNDICATE_SMTP__PASSWORD in the environment, or use password_file."
    )
    password_file: Path | None = option(
        None, "A file that holds the password and nothing else; refused when everybody may read it."
    )
    name: str = option(
        "", "What this machine calls itself to the server. Empty: its full host name, else its address."
    )
    connections: int = option(
        10, "Connections at a time. A crash leaves at most two messages for each in doubt."
    )
    messages_per_connection: int = option(100, "A connection is closed and made anew after this many.")
    timeout: timedelta = option(
        timedelta(minutes=2),
        "Patience for connecting, and for a message up to its last byte; after it the message waits.",
    )
    last_reply: timedelta = option(
        timedelta(minutes=10),
        "Patience for the answer to a whole message. RFC 5321 wants ten minutes; less makes second copies.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimSettings:
    """Signatures of our own, for a mail server that doesn't sign; an extra, `syndicate[dkim]`.

    `syndicate dkim new` makes a key and says what to write here and into the DNS.
    """

    domain: str = option(
        "",
        "Whose signature it is: the domain of mail.sender. Empty: not signed here; a mail server may.",
    )
    selector: str = option("", 'The key\'s name in the DNS: "s1" is looked up at s1._domainkey.DOMAIN.')
    key_file: Path | None = option(
        None, "A PEM file with an RSA key of 2048 to 4096 bits; refused when everybody may read it."
    )
    ed25519_selector: str = option("", "The name of a second key, by which each message is signed as well.")
    ed25519_key_file: Path | None = option(None, "A PEM file with that key, Ed25519 (RFC 8463).")
