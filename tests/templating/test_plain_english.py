from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from syndicate.templating import plain_english


@given(st.dates())
def test_a_date_is_written_as_babel_writes_it(day: date) -> None:
    assert plain_english.day(day) == format_date(day, "long", locale=plain_english.LOCALE)


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_written_as_babel_writes_it(number: int) -> None:
    assert plain_english.number(number) == format_decimal(number, locale=plain_english.LOCALE)
