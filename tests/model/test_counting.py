from syndicate.model.counting import counted


def test_one_is_no_plural() -> None:
    assert [counted(number, "reader") for number in (0, 1, 1_200)] == [
        "0 readers",
        "1 reader",
        "1,200 readers",
    ]
