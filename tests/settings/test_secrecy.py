from pathlib import Path

import pytest

from syndicate.errors import SettingsError
from syndicate.files import read_secret
from syndicate.settings.loading import load
from syndicate.settings.schema import SmtpSettings
from syndicate.settings.writing import document


def refused(folder, text, *assignments, **environment):
    file = folder / "syndicate.toml"
    file.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(file, assignments=assignments, environment=environment)
    return str(caught.value).removeprefix(f"{file}:")


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path):
    line = refused(tmp_path, '[smtp]\nhost = "x"\npassword = "hunter2"\n')

    assert line == (
        "3: smtp.password: no secret belongs in this file; "
        "set SYNDICATE_SMTP__PASSWORD in the environment, or use password_file"
    )


def test_a_password_on_the_command_line_is_refused_and_not_repeated(tmp_path):
    line = refused(tmp_path, "", "smtp.password=hunter2")

    assert "everybody on this machine can read a command line" in line
    assert "hunter2" not in line


@pytest.mark.parametrize("password", ["hunter2", "12345", "true", '"quoted"', "a = b"])
def test_a_password_in_the_environment_is_taken_as_it_is(tmp_path, password):
    settings = load(None, environment={"SYNDICATE_SMTP__PASSWORD": password})

    assert settings.smtp.password == password
    assert password not in repr(settings.smtp)
    assert password not in document(settings)


def test_a_password_file_stands_beside_the_configuration(tmp_path):
    file = tmp_path / "config" / "syndicate.toml"
    file.parent.mkdir()
    file.write_text('[smtp]\npassword_file = "secret"\nca_file = ""\n')

    settings = load(file)

    assert (settings.smtp.password_file, settings.smtp.ca_file) == (tmp_path / "secret", None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '[smtp]\nsecurity = "none"\nuser = "ada"\n',
            "smtp.user: its password would go over the line in the",
        ),
        ("[smtp]\nport = 0\n", "smtp.port: 0 is no port; use 1 to 65535"),
        ("[smtp]\nconnections = 0\n", "smtp.connections: 0 would send nothing"),
        ('[smtp]\nlast_reply = "0 s"\n', "smtp.last_reply: no time at all is no patience"),
        (
            '[mail]\ntransport = "smtp"\n[dispatch]\nlease = "14 min"\n',
            "dispatch.lease: 0:14:00 is not longer",
        ),
    ],
)
def test_settings_that_would_fail_later_are_refused_now(tmp_path, text, words):
    assert words in refused(tmp_path, text)


def test_the_defaults_go_together(tmp_path):
    assert load(None, assignments=["mail.transport=smtp"]).smtp == SmtpSettings()


def secret(folder, content="hunter2\n", mode=0o600):
    path = folder / "secret"
    path.write_text(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640])
def test_a_secret_is_what_the_file_holds_without_the_line_end(tmp_path, mode):
    assert read_secret(secret(tmp_path, mode=mode), key="smtp.password_file") == "hunter2"


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        ("hunter2", 0o644, "everybody on this machine may read {path}; run `chmod 600 {path}`"),
        ("hunter2", 0o606, "everybody on this machine may read {path}; run `chmod 600 {path}`"),
        ("\n", 0o600, "{path} is empty; write the secret into it"),
    ],
)
def test_a_secret_file_that_is_none_is_refused(tmp_path, content, mode, words):
    path = secret(tmp_path, content, mode)

    with pytest.raises(SettingsError) as caught:
        read_secret(path, key="smtp.password_file")

    assert str(caught.value) == "smtp.password_file: " + words.format(path=path)


def test_a_secret_file_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(SettingsError, match=r"smtp.password_file: .*gone can't be read \(no such file"):
        read_secret(Path(tmp_path / "gone"), key="smtp.password_file")
