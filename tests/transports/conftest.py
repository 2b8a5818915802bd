"""Letters to carry, and a certificate authority nobody else trusts."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from syndicate.model.message import Envelope, Message


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own."""

    folder: Path

    @property
    def file(self) -> Path:
        """The file that trusts it."""
        return self.folder / "ca.pem"

    def context(self, name: str) -> ssl.SSLContext:
        """Give a server's context with a certificate for this name."""
        key, request, signed = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
        extensions = self.folder / f"{name}.ext"
        extensions.write_text(f"subjectAltName={'IP' if name[0].isdigit() else 'DNS'}:{name}")
        _openssl("req", "-newkey", "ec", *_CURVE, "-nodes", "-keyout", key, "-out", request, "-subj", "/CN=x")
        signers = ("-CA", self.file, "-CAkey", self.folder / "ca.key", "-CAcreateserial")
        _openssl(
            "x509", "-req", "-in", request, *signers, "-days", "2", "-out", signed, "-extfile", extensions
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(signed, key)
        return context


_CURVE = ("-pkeyopt", "ec_paramgen_curve:prime256v1")


def _openssl(*words: object) -> None:
    subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True)


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    """Give a certificate authority that nobody but the test trusts."""
    if shutil.which("openssl") is None:
        reason = "openssl is not installed (Debian: apt-get install openssl)"
        (pytest.fail if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1" else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("authority")
    certificate = ("-x509", "-days", "2", "-subj", "/CN=test authority", "-out", folder / "ca.pem")
    _openssl("req", *certificate, "-newkey", "ec", *_CURVE, "-nodes", "-keyout", folder / "ca.key")
    return Authority(folder)


@pytest.fixture(scope="session")
def letter() -> Callable[..., Message]:
    """Give a function that makes a message to one reader."""

    def letter(
        number: int = 1,
        to: str | None = None,
        content: bytes = b"Subject: x\r\n\r\nHello\r\n",
        sender: str = "news@example.org",
    ):
        recipient = f"reader{number}@example.org" if to is None else to
        return Message(
            delivery_id=number,
            edition_id=7,
            list_name="gazette",
            envelope=Envelope(sender=sender, recipient=recipient),
            message_id=f"<{number}@example.org>",
            content=content,
        )

    return letter
