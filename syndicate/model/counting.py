"""Numbers of things, in words; pure."""


def counted(number: int, what: str) -> str:
    """Give a number with what it counts: "1 reader", "1,200 readers"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
