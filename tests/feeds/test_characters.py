import sys

from syndicate.feeds.characters import markup, plain

EVERY = [chr(each) for each in range(sys.maxunicode + 1)]


def may_stand(character: str) -> bool:
    """Say what XML 1.0 §2.2 says, without DEL and the C1 controls."""
    number = ord(character)
    ranges = ((0x9, 0xA), (0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    return any(first <= number <= last for first, last in ranges)


def test_every_character_that_xml_forbids_becomes_a_space():
    text = "".join(EVERY).replace("\r", "")

    assert markup(text) == "".join(each if may_stand(each) else " " for each in text)


def test_a_carriage_return_ends_a_line():
    assert markup("a\r\nb\rc") == "a\nb\nc"


def test_plain_text_has_none_of_what_xml_forbids_and_one_line():
    assert plain(" a\0b\r\nc\x85 \ud800d ") == "ab c d"
