"""A connection to the mail server, ready for messages: verified, named, and signed in."""

import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

from syndicate.errors import SettingsError, TransportError
from syndicate.files import read_secret
from syndicate.settings.schema import Settings, SmtpSettings
from syndicate.transports.smtp_client import Client, TlsClient
from syndicate.transports.smtp_replies import Answer, Step, Verdict, verdict, without_addresses

#: What a person does about a refusal at each step.
_REMEDIES: Mapping[Step, str] = {
    Step.GREETING: "look at smtp.host and smtp.port, or ask who runs it",
    Step.EHLO: "set smtp.name to this machine's full name, or ask who runs it",
    Step.STARTTLS: 'use another smtp.port with security = "tls", or ask who runs it',
    Step.AUTH: "correct smtp.user and its password",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """All that is needed to open connections, checked once."""

    settings: SmtpSettings
    password: str
    context: ssl.SSLContext

    @property
    def where(self) -> str:
        """The server, for people."""
        return f"{self.settings.host}:{self.settings.port}"

    def open(self) -> Client:
        """Give a connection that takes messages now; ``TransportError`` says why there is none."""
        try:
            return self._opened()
        except smtplib.SMTPConnectError as error:
            raise self.refused(Step.GREETING, _answer(error)) from error
        except smtplib.SMTPAuthenticationError as error:
            raise self.refused(Step.AUTH, _answer(error)) from error
        except smtplib.SMTPResponseException as error:
            raise self.refused(Step.STARTTLS, _answer(error)) from error
        except smtplib.SMTPNotSupportedError as error:
            raise self._not_offered(error) from error
        except ssl.SSLCertVerificationError as error:
            raise TransportError(
                f"{self.where}: its certificate can't be trusted ({_sentence(error.verify_message)}); "
                "correct smtp.host, or name the authority that signed it in smtp.ca_file",
                permanent=True,
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise self.broken(error) from error

    def refused(self, step: Step, answer: Answer) -> TransportError:
        """Give the error for an answer that would meet everybody."""
        remedy = _REMEDIES.get(step, "look at mail.sender and the account's rights, or ask who runs it")
        return TransportError(
            f"{self.where}: refuses {step} ({without_addresses(answer.words)}); {remedy}",
            permanent=verdict(step, answer) is Verdict.CONFIGURATION,
        )

    def broken(self, error: OSError) -> TransportError:
        """Give the error for a line that can't be had, or broke."""
        return TransportError(
            f"{self.where}: can't be reached ({reason(error)}); the next pass tries again; if it stays so, "
            "look at host, port and security under [smtp]",
            permanent=False,
        )

    def unsteady(self, words: str) -> TransportError:
        """Give the error for connections that can be had and don't last."""
        return TransportError(
            f"{self.where}: takes no messages now ({without_addresses(words)}); the next pass tries again; "
            "if it stays so, ask who runs it",
            permanent=False,
        )

    def _opened(self) -> Client:
        settings, tls = self.settings, self.settings.security
        if tls == "tls":
            client: Client = TlsClient(
                settings.host, settings.port, patience=settings.timeout, context=self.context
            )
        else:
            client = Client(settings.host, settings.port, patience=settings.timeout)
        try:
            if tls == "none":
                self._keep_private(client)
            self._introduced(client)
        except BaseException:
            client.close()
            raise
        return client

    def _introduced(self, client: Client) -> None:
        client.local_hostname = self.settings.name or _own_name(client)
        self._hello(client)
        if self.settings.security == "starttls":
            client.begin_tls(self.context)
            self._hello(client)  # what was said in the clear doesn't count (RFC 3207 §4.2)
        if self.settings.user:
            client.login(self.settings.user, self.password)

    def _hello(self, client: Client) -> None:
        code, text = client.ehlo()
        answer = Answer(code=code, text=text.decode("utf-8", "replace"))
        if verdict(Step.EHLO, answer) is not Verdict.GOOD:
            raise self.refused(Step.EHLO, answer)

    def _keep_private(self, client: Client) -> None:
        if not is_private(client.peer):
            raise TransportError(
                f"{self.where}: is neither this machine nor in a private network, and smtp.security is "
                '"none": readers\' addresses would go out in the clear; use "starttls" or "tls"',
                permanent=True,
            )

    def _not_offered(self, error: smtplib.SMTPNotSupportedError) -> TransportError:
        if "STARTTLS" in str(error):
            what = "does not offer STARTTLS, and nothing is sent in the clear; " + _REMEDIES[Step.STARTTLS]
        else:
            what = f"offers no way to sign in that we know ({error}); remove smtp.user, or ask who runs it"
        return TransportError(f"{self.where}: {what}", permanent=True)


def door(settings: Settings) -> Door:
    """Give the door that the settings describe; ``SettingsError`` where it can't be opened ever."""
    smtp = settings.smtp
    if not smtp.host:
        raise SettingsError('smtp.host: mail.transport is "smtp" and nobody knows which server; name it')
    password = smtp.password
    if smtp.password_file:
        password = read_secret(smtp.password_file, key="smtp.password_file")
    if not f"{smtp.user}{password}".isascii():
        raise SettingsError(
            "smtp.user: it or its password holds a character outside ASCII, which servers read differently; "
            "choose another"
        )
    if smtp.user and not password:
        raise SettingsError(
            "smtp.user: has no password; name its file in smtp.password_file, or set SYNDICATE_SMTP__PASSWORD"
        )
    return Door(settings=smtp, password=password, context=_context(smtp))


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"smtp.ca_file: {settings.ca_file} holds no certificates that can be read ({reason(error)}); "
            "give a PEM file"
        ) from error


def is_private(address: str) -> bool:
    """Give whether an IP address belongs to this machine or a private network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_loopback or ip.is_private or ip.is_link_local


def _own_name(client: Client) -> str:
    """Give the machine's full name, else its address as a literal (RFC 5321 §4.1.4); no DNS is asked."""
    name = socket.gethostname()
    if "." in name and name.isascii():
        return name
    address = client.here.partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


def reason(error: Exception) -> str:
    """Give why, in a few lower-case words."""
    if isinstance(error, ssl.SSLError):
        return f"TLS: {_sentence((error.reason or str(error)).replace('_', ' ').lower())}"
    return _sentence(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _sentence(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    return line[:1].lower() + line[1:]


def _answer(error: smtplib.SMTPResponseException) -> Answer:
    text = error.smtp_error
    return Answer(
        code=error.smtp_code, text=text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    )
