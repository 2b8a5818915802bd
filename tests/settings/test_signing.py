import pytest

from syndicate.errors import SettingsError
from syndicate.settings.loading import load


def refused(tmp_path, text: str) -> list[str]:
    file = tmp_path / "syndicate.toml"
    file.write_text(f"[dkim]\n{text}")
    with pytest.raises(SettingsError) as caught:
        load(file)
    return str(caught.value).replace(f"{file}:", "").splitlines()


def test_files_of_keys_stand_beside_the_configuration(tmp_path):
    file = tmp_path / "config" / "syndicate.toml"
    file.parent.mkdir()
    file.write_text('[dkim]\ndomain = "a.example"\nselector = "s1"\nkey_file = "outbox/dkim/s1.pem"\n')

    assert load(file).dkim.key_file == tmp_path / "outbox" / "dkim" / "s1.pem"


def test_half_a_configuration_names_all_that_is_missing(tmp_path):
    assert refused(tmp_path, 'ed25519_selector = "s2"\n') == [
        "1: dkim.domain: is missing, and nothing can be signed; see `syndicate dkim new`",
        "1: dkim.selector: is missing, and nothing can be signed; see `syndicate dkim new`",
        "1: dkim.key_file: is missing, and nothing can be signed; see `syndicate dkim new`",
        "1: dkim: ed25519_selector and ed25519_key_file belong together; give both or none",
    ]


@pytest.mark.parametrize(
    ("domain", "selector", "words"),
    [
        ("localhost", "s1", "dkim.domain: "),
        ("a b.example", "s1", "dkim.domain: "),
        ("-a.example", "s1", "dkim.domain: "),
        ("a.example; x=y", "s1", "dkim.domain: "),
        ("a.example", "s 1", "dkim.selector: "),
        ("a.example", "s1; d=bank.example", "dkim.selector: "),
        ("a.example", "..", "dkim.selector: "),
    ],
)
def test_what_could_break_out_of_its_tag_is_refused(tmp_path, domain, selector, words):
    (line,) = refused(tmp_path, f'domain = "{domain}"\nselector = "{selector}"\nkey_file = "x"\n')

    assert words in line


def test_two_keys_have_two_names(tmp_path):
    both = 'domain = "a.example"\nselector = "s"\nkey_file = "x"\n'
    both += 'ed25519_selector = "s"\ned25519_key_file = "y"\n'

    assert refused(tmp_path, both) == [
        "5: dkim.ed25519_selector: is the first key's; give the second one its own"
    ]
