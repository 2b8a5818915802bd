import pytest

from syndicate.cli.output import complain, say


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("_posts/\x1b[2Ja.md", "_posts/\\x1b[2Ja.md"),
        ("_posts/a\nb.md", "_posts/a\\x0ab.md"),
        ("550 \x9b31m no", "550 \\x9b31m no"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("海邊的霧\tée", "海邊的霧\tée"),
    ],
)
def test_nothing_that_a_name_or_a_server_says_steers_the_terminal(line, shown, capsys):
    say(line)
    complain([line])

    said = capsys.readouterr()
    assert said.out == f"{shown}\n"
    assert said.err == f"warning: {shown}\n"
