"""Keys that messages are signed with, and the DNS records that let others check them (RFC 6376 §3.6).

The library behind them, cryptography, is an extra: it is imported only where something is signed.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.errors import SettingsError
from syndicate.files import read_secret
from syndicate.settings.domain_names import a_labels
from syndicate.settings.schema import DkimSettings

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

#: Shorter keys are refused by receivers, longer ones needn't be known to them (RFC 8301 §3.2).
_SHORTEST, _LONGEST = 2048, 4096
#: A string of a TXT record has 255 octets at most (RFC 1035 §3.3).
_TXT_STRING = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of ours, ready to sign."""

    #: d= and s=, as A-labels: where the public half is published.
    domain: str
    selector: str
    #: ``rsa-sha256`` or ``ed25519-sha256``.
    algorithm: str
    #: What people call it: ``RSA 2048``.
    kind: str
    #: The public half, as p= has it.
    public: str
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What has to stand in the DNS."""

    name: str
    value: str

    @property
    def zone_line(self) -> str:
        """The record as a zone file has it, in strings of 255 octets (RFC 6376 §3.6.2.2)."""
        starts = range(0, len(self.value), _TXT_STRING)
        strings = " ".join(f'"{self.value[at : at + _TXT_STRING]}"' for at in starts)
        return f"{self.name}. IN TXT ( {strings} )"


def signing_keys(settings: DkimSettings) -> tuple[Key, ...]:
    """Give the keys that ``[dkim]`` names, RSA first; none where it names no domain.

    ``SettingsError`` for a file that everybody may read, that holds no such key, or too short a one.
    """
    if not settings.domain:
        return ()
    keys = [_rsa(settings)]
    if settings.ed25519_key_file is not None:
        keys.append(_ed25519(settings))
    return tuple(keys)


def record(key: Key) -> Record:
    """Give the DNS record of a key (RFC 6376 §3.6.1, RFC 8463 §4)."""
    kind = key.algorithm.partition("-")[0]
    return Record(name=f"{key.selector}._domainkey.{key.domain}", value=f"v=DKIM1; k={kind}; p={key.public}")


def new_rsa_key() -> bytes:
    """Give a new RSA key of 2048 bits, as PEM."""
    needed()
    from cryptography.hazmat.primitives.asymmetric import rsa

    return _pem(rsa.generate_private_key(public_exponent=65537, key_size=_SHORTEST))


def new_ed25519_key() -> bytes:
    """Give a new Ed25519 key, as PEM."""
    needed()
    from cryptography.hazmat.primitives.asymmetric import ed25519

    return _pem(ed25519.Ed25519PrivateKey.generate())


def needed() -> None:
    """Raise ``SettingsError`` where the library isn't there."""
    try:
        import cryptography  # noqa: F401 - only whether it can be had
    except ImportError as error:
        raise SettingsError(
            'dkim: signing needs the package cryptography; run pip install "syndicate[dkim]"'
        ) from error


def _rsa(settings: DkimSettings) -> Key:
    key = _loaded(settings.key_file, key="dkim.key_file")
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    if not isinstance(key, RSAPrivateKey):
        raise _unfit("dkim.key_file", settings.key_file, "holds no RSA key; name one that does")
    if not _SHORTEST <= key.key_size <= _LONGEST:
        what = f"holds a key of {key.key_size} bits, and receivers want {_SHORTEST} to {_LONGEST}"
        raise _unfit("dkim.key_file", settings.key_file, f"{what}; `syndicate dkim new` makes one")
    return _of_rsa(key, settings)


def _of_rsa(key: "RSAPrivateKey", settings: DkimSettings) -> Key:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    scheme, digest = padding.PKCS1v15(), hashes.SHA256()
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Key(
        domain=a_labels(settings.domain),
        selector=settings.selector,
        algorithm="rsa-sha256",
        kind=f"RSA {key.key_size}",
        public=base64.b64encode(public).decode("ascii"),
        sign=lambda data: key.sign(data, scheme, digest),
    )


def _ed25519(settings: DkimSettings) -> Key:
    key = _loaded(settings.ed25519_key_file, key="dkim.ed25519_key_file")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if not isinstance(key, Ed25519PrivateKey):
        raise _unfit("dkim.ed25519_key_file", settings.ed25519_key_file, "holds no Ed25519 key; correct it")
    return _of_ed25519(key, settings)


def _of_ed25519(key: "Ed25519PrivateKey", settings: DkimSettings) -> Key:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return Key(
        domain=a_labels(settings.domain),
        selector=settings.ed25519_selector,
        algorithm="ed25519-sha256",
        kind="Ed25519",
        public=base64.b64encode(public).decode("ascii"),
        # RFC 8463 §3: it signs the digest, and hashes once more itself.
        sign=lambda data: key.sign(hashlib.sha256(data).digest()),
    )


def _loaded(path: Path | None, *, key: str) -> object:
    if path is None:
        raise SettingsError(f"{key}: is missing; `syndicate dkim new` makes one")
    content = read_secret(path, key=key)
    needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(content.encode(), password=None)
    except TypeError as error:  # the library's word for a passphrase
        raise _unfit(key, path, "is locked by a passphrase; store it without one") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _unfit(key, path, "holds no private key in PEM; `syndicate dkim new` makes one") from error


def _unfit(key: str, path: Path | None, what: str) -> SettingsError:
    return SettingsError(f"{key}: {path} {what}")


def _pem(key: "RSAPrivateKey | Ed25519PrivateKey") -> bytes:
    from cryptography.hazmat.primitives import serialization as written

    return key.private_bytes(written.Encoding.PEM, written.PrivateFormat.PKCS8, written.NoEncryption())
