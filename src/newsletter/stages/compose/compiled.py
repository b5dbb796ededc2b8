"""Keeps compiled templates, in memory and in the user's cache folder: no process compiles a template twice.

Compiling the templates of a newsletter takes a fourteenth of the time of a `newsletter check` that has just started.
"""

from __future__ import annotations

import hashlib
import types
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from platformdirs import user_cache_path


class CompiledTemplates(jinja2.BytecodeCache):
    """Compiled templates by their name and path, as Jinja2 identifies them.

    A file of the folder counts only for the same text of a template, the same code of the folder that this module is
    in, and the same versions of Python and Jinja2. A damaged file counts as none, and so does a folder that cannot be
    read or written.
    """

    def __init__(self) -> None:
        self._code: dict[str, tuple[str, types.CodeType | None]] = {}

    def get_source_checksum(self, source: str) -> str:
        """Return a checksum of a template's text and of the code that compiles it."""
        return hashlib.sha256(self._compiler + source.encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Set the code of a bucket, if this template is known."""
        checksum, code = self._code.get(bucket.key, ("", None))
        if checksum != bucket.checksum:
            code = self._read(bucket)
        if code:
            bucket.code, self._code[bucket.key] = code, (bucket.checksum, code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a bucket."""
        self._code[bucket.key] = bucket.checksum, bucket.code
        content = bucket.bytecode_to_string()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            (self._folder / bucket.key).write_bytes(_checksum(content) + content)

    def _read(self, bucket: Bucket) -> types.CodeType | None:
        try:
            stored = (self._folder / bucket.key).read_bytes()
        except OSError:
            return None
        length = hashlib.sha256().digest_size
        checksum, content = stored[:length], stored[length:]
        # Python may crash on damaged code. A file that another process is writing counts as damaged.
        if checksum == _checksum(content):
            bucket.bytecode_from_string(content)
        return bucket.code

    @cached_property
    def _folder(self) -> Path:
        return user_cache_path("newsletter", appauthor=False) / "templates"

    @cached_property
    def _compiler(self) -> bytes:
        """Return a digest of the code that marks lines and sets up Jinja2."""
        code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
        return hashlib.sha256(jinja2.__version__.encode() + code).digest()


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
