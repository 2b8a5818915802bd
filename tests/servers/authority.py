"""A certificate authority of the tests' own, by the openssl command."""

import os
import shutil
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


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


def make_authority(folder: Path) -> Authority:
    """Give a certificate authority that nobody but the test trusts."""
    if shutil.which("openssl") is None:
        reason = "openssl is not installed (Debian: apt-get install openssl)"
        (pytest.fail if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1" else pytest.skip)(reason)
    certificate = ("-x509", "-days", "2", "-subj", "/CN=test authority", "-out", folder / "ca.pem")
    _openssl("req", *certificate, "-newkey", "ec", *_CURVE, "-nodes", "-keyout", folder / "ca.key")
    return Authority(folder)
