"""When: the wall-clock calendar, occurrences made real once, and the edition's states.

The only stage that knows time zones.
"""
