"""Our own templates as Jinja compiles them, kept beside our modules as Python compiles those.

Compiling the pages of feeds costs 19 ms of every process that writes one. Where Python's own cache is and
whoever may write into it is as good for templates, which are programs too; where it can't be written, or
isn't to be (``sys.dont_write_bytecode``), they are compiled each time. An editor's templates always are.
"""

import hashlib
import marshal
import os
import sys
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

import jinja2
from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache

from syndicate.templating import environment, shipped

#: What reading a file that was cut short, or written by something else, may raise.
_UNREADABLE = (OSError, EOFError, ValueError, TypeError)


class CompiledTemplates(BytecodeCache):
    """Keeps what was compiled of the templates in ``ours``, until they or their compiler change.

    Where it isn't ``writing``, it only reads.
    """

    def __init__(self, ours: Path, *, kept_in: Path, writing: bool) -> None:
        self._ours = ours
        self._folder = kept_in
        self._writing = writing
        self._compiler = _compiler()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Give what is kept of a template; without a key where it isn't ours."""
        key = self._key(name, filename) if filename and self._is_ours(filename) else ""
        bucket = Bucket(environment, key, _hash(self._compiler, source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if what is kept was made from the same."""
        if not bucket.key:
            return
        made_from = bucket.checksum.encode()
        with suppress(*_UNREADABLE):
            kept = (self._folder / bucket.key).read_bytes()
            if kept.startswith(made_from):
                # All at once: Jinja's own way asks the file for each name and number by itself.
                bucket.code = marshal.loads(kept[len(made_from) :])  # noqa: S302 - as trusted as our modules

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in the bucket, where that may be."""
        if not (bucket.key and self._writing):
            return
        path = self._folder / bucket.key
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            self._folder.mkdir(exist_ok=True)
            unfinished.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            unfinished.replace(path)
        except OSError:  # Python says nothing either
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _is_ours(self, filename: str) -> bool:
        return Path(filename).absolute().is_relative_to(self._ours)

    def _key(self, name: str, filename: str) -> str:
        # What is compiled says its file's name as it was called by, from the working folder or from the root.
        return f"{name.replace('/', '.')}.{_hash(filename)[:8]}.{sys.implementation.cache_tag}.jinja"


def beside_modules() -> Path:
    """Give the folder in which Python keeps what it compiled of this package."""
    return Path(cache_from_source(__file__)).parent


def keep_ours() -> None:
    """Compile every template of ours, for a set-up that compiles all modules as well."""
    for called in (Path("templates"), shipped()):
        ours = environment(called)
        ours.bytecode_cache = CompiledTemplates(shipped(), kept_in=beside_modules(), writing=True)
        for name in ours.list_templates(extensions=("html", "css")):
            with suppress(jinja2.TemplateError):  # who uses it is told what is wrong
                ours.get_template(name)


def _compiler() -> tuple[str, ...]:
    """Give what has a say in the code besides the template: Python, Jinja, and how we set it up."""
    folder = Path(__file__).parent
    return (
        str(MAGIC_NUMBER),
        jinja2.__version__,
        *(_hash((folder / name).read_bytes()) for name in ("__init__.py", "sandbox.py")),
    )


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()
