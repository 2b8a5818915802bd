import base64
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as written
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from syndicate.errors import SettingsError
from syndicate.files import write_secret
from syndicate.mail.keys import Record, new_rsa_key, record, signing_keys
from syndicate.settings.schema import DkimSettings


def kept(folder: Path, key, *, passphrase: bytes | None = None) -> Path:
    locked = written.BestAvailableEncryption(passphrase) if passphrase else written.NoEncryption()
    pem = key.private_bytes(written.Encoding.PEM, written.PrivateFormat.TraditionalOpenSSL, locked)
    write_secret(folder / "key.pem", pem)
    return folder / "key.pem"


def refusal(dkim: DkimSettings, **changes: object) -> str:
    with pytest.raises(SettingsError) as caught:
        signing_keys(replace(dkim, **changes))
    return str(caught.value)


def test_no_domain_means_no_keys():
    assert signing_keys(DkimSettings()) == ()


def test_the_record_holds_the_public_half(dkim, keys):
    rsa_key, ed25519_key = map(record, keys)

    assert (rsa_key.name, ed25519_key.name) == (
        "s1._domainkey.gazette.example",
        "s2._domainkey.gazette.example",
    )
    assert rsa_key.value.startswith("v=DKIM1; k=rsa; p=MIIBIjAN")
    published = base64.b64decode(ed25519_key.value.removeprefix("v=DKIM1; k=ed25519; p="))
    assert len(published) == 32  # RFC 8463 §4.2: the key itself, and not its structure


def test_a_zone_file_gets_strings_of_255_octets():
    assert Record(name="s._domainkey.a.example", value="v" * 600).zone_line == (
        f's._domainkey.a.example. IN TXT ( "{"v" * 255}" "{"v" * 255}" "{"v" * 90}" )'
    )


def test_a_domain_beyond_ascii_is_signed_for_by_its_a_label(dkim):
    found = signing_keys(replace(dkim, domain="Straße.example"))

    assert found[0].domain == "xn--strae-oqa.example"


@pytest.mark.parametrize(("size", "fits"), [(1024, False), (2048, True), (3072, True)])
def test_a_key_under_2048_bits_is_refused(dkim, tmp_path, size, fits):
    file = kept(tmp_path, rsa.generate_private_key(public_exponent=65537, key_size=size))

    if fits:
        assert signing_keys(replace(dkim, key_file=file))[0].kind == f"RSA {size}"
    else:
        assert refusal(dkim, key_file=file) == (
            f"dkim.key_file: {file} holds a key of 1024 bits, and receivers want 2048 to 4096; "
            "`syndicate dkim new` makes one"
        )


def test_a_key_that_everybody_may_read_is_refused(dkim, tmp_path):
    file = tmp_path / "key.pem"
    file.write_bytes(dkim.key_file.read_bytes())
    file.chmod(0o644)

    assert refusal(dkim, key_file=file) == (
        f"dkim.key_file: everybody on this machine may read {file}; run `chmod 600 {file}`"
    )


def test_a_key_under_a_passphrase_is_one_clear_line(dkim, tmp_path):
    file = kept(tmp_path, rsa.generate_private_key(public_exponent=65537, key_size=2048), passphrase=b"x")

    assert refusal(dkim, key_file=file).endswith("is locked by a passphrase; store it without one")


def test_another_kind_of_key_is_one_clear_line(dkim, tmp_path):
    file = kept(tmp_path, ec.generate_private_key(ec.SECP256R1()))

    assert "holds no RSA key" in refusal(dkim, key_file=file)
    assert "holds no Ed25519 key" in refusal(dkim, ed25519_key_file=dkim.key_file)


@pytest.mark.parametrize(
    "content", [b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_is_no_key_is_one_clear_line(dkim, tmp_path, content):
    write_secret(tmp_path / "key.pem", content)

    assert "holds no private key in PEM; `syndicate dkim new`" in refusal(dkim, key_file=tmp_path / "key.pem")


def test_a_file_that_is_not_there_is_one_clear_line(dkim, tmp_path):
    line = refusal(dkim, key_file=tmp_path / "gone.pem")

    assert line.startswith("dkim.key_file: ")
    assert line.endswith("correct its path or its owner")


@pytest.mark.parametrize("needs", [signing_keys, lambda _: new_rsa_key()])
def test_without_the_extra_there_is_one_clear_line(dkim, monkeypatch, needs):
    monkeypatch.setitem(sys.modules, "cryptography", None)

    with pytest.raises(SettingsError, match=r'cryptography; run pip install "syndicate\[dkim\]"$'):
        needs(dkim)
