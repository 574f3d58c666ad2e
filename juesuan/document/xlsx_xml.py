"""The XML parts of a workbook as a stream of elements.

No tree is built: a part costs the memory of what is kept of it, and an element that says nothing costs little time.
A sheet of a stranger may have millions of those, and that of a form thousands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Final
from xml.parsers import expat

__all__ = ["BROKEN", "Handlers", "attributes", "feed", "strings"]

BROKEN: Final = (expat.ExpatError, LookupError)
"""What is raised where a part is no XML, or in letters nobody knows."""

_CHUNK: Final = 1 << 16

Attributes = Mapping[str, str]
Watch = Callable[[], None]
"""Called now and then; it raises when the time is up."""


class Handlers:
    """Follows the elements of a part, by their names without the namespace of the part's root.

    `tags`: what `begin` is told of. Text is collected by `listen` … `heard`, and the ends of elements are told while
    `ends` is wanted.
    """

    tags: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.StartElementHandler = self._root
        self.known: dict[str, str] = {}
        self._text: list[str] = []

    def begin(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def listen(self) -> None:
        """Collect text from here on."""
        self._text = []
        self.parser.CharacterDataHandler = self._text.append

    def heard(self) -> str:
        """The text since `listen`."""
        self.parser.CharacterDataHandler = None
        return "".join(self._text)

    def ends(self, *, wanted: bool) -> None:
        """Whether to tell of the ends of elements."""
        self.parser.EndElementHandler = self._end if wanted else None

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        space, separator, _ = name.rpartition(" ")
        self.known = {f"{space}{separator}{tag}": tag for tag in self.tags}
        self.parser.StartElementHandler = self._begin
        self._begin(name, attributes)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.known.get(name)
        if tag is not None:
            self.begin(tag, attributes)

    def _end(self, name: str) -> None:
        tag = self.known.get(name)
        if tag is not None:
            self.end(tag)


def _refuse(*_: object) -> None:
    message = "document type"
    raise ValueError(message)


def feed(handlers: Handlers, stream: IO[bytes], watch: Watch) -> None:
    """Let `handlers` follow the whole part. Raises BROKEN, and ValueError for a document type."""
    while chunk := stream.read(_CHUNK):
        handlers.parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
        watch()
    handlers.parser.Parse(b"", True)  # noqa: FBT003 - as above


Keep = Callable[[str, Attributes], None]


class _Attributes(Handlers):
    def __init__(self, tags: tuple[str, ...], keep: Keep) -> None:
        super().__init__()
        self.tags = tags
        self.keep = keep

    def begin(self, tag: str, attributes: Attributes) -> None:
        self.keep(tag, attributes)


def attributes(stream: IO[bytes], tags: tuple[str, ...], keep: Keep, watch: Watch) -> None:
    """Tell `keep` of the elements with these tags and their attributes, in their order."""
    feed(_Attributes(tags, keep), stream, watch)


class _Strings(Handlers):
    """Shared strings: the runs of each put together; readings printed above the characters are no part of them."""

    tags = ("si", "t", "rPh")

    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__()
        self.keep = keep
        self.pieces: list[str] = []
        self.reading = False
        self.ends(wanted=True)

    def begin(self, tag: str, attributes: Attributes) -> None:  # noqa: ARG002 - what the base class tells
        if tag == "si":
            self.pieces = []
        elif tag == "rPh":
            self.reading = True
        elif not self.reading:
            self.listen()

    def end(self, tag: str) -> None:
        if tag == "si":
            self.keep("".join(self.pieces))
        elif tag == "rPh":
            self.reading = False
        elif not self.reading:
            self.pieces.append(self.heard())


def strings(stream: IO[bytes], keep: Callable[[str], None], watch: Watch) -> None:
    """Tell `keep` of each shared string, in their order."""
    feed(_Strings(keep), stream, watch)
