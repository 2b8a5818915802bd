"""Liquid as Jekyll runs it, on python-liquid, under limits; ``filling`` is its door.

Only ``filling``, ``scope`` and ``stripping`` may be imported by others: they load python-liquid, which is
heavy, when a text first holds a template.
"""
