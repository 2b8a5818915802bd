"""What is imported stays to the end: a look through it for garbage is a tenth of a pass without changes."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def for_good() -> Iterator[None]:
    """Import within this without a look for garbage, and never look through it later."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()
