"""XML of strangers, read as a stream: no DOCTYPE, no token without an end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from .errors import SourceError

# A start tag of a megabyte is nobody's; expat would keep growing it in memory.
_MAX_TOKEN = 1 << 20
# expat remembers every element that is still open; spreadsheets are some ten deep.
_MAX_DEPTH = 256

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class XmlPart:
    """An expat parser for one part of a file, that refuses what office programs never write."""

    def __init__(self, file: str, kind: str, part: str) -> None:
        self._where = {"file": file, "part": part}
        self._kind = kind
        self._fed = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype

    def feed(self, piece: bytes) -> None:
        self._fed += len(piece)
        self._parse(piece, False)
        if self._fed - self.parser.CurrentByteIndex > _MAX_TOKEN + len(piece):
            raise self.corrupt("a tag without an end")

    def finish(self) -> None:
        self._parse(b"", True)

    def _parse(self, piece: bytes, last: bool) -> None:
        try:
            self.parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise self.corrupt(str(error)) from None

    def check_depth(self, depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise self.corrupt("elements inside elements without an end")

    def watch_depth(self) -> None:
        """Where nobody else listens to elements."""
        depth = 0

        def start(_name: str, _attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            self.check_depth(depth)

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1

        self.parser.StartElementHandler, self.parser.EndElementHandler = start, end

    def leave_unwatched(self) -> None:
        self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def corrupt(self, detail: str) -> SourceError:
        return SourceError("corrupt", kind=self._kind, detail=detail, **self._where)

    def _refuse_doctype(self, *_declaration: object) -> None:
        raise SourceError("xml_bomb", **self._where)


def read_xml(
    pieces: Iterable[bytes],
    part: XmlPart,
    start: Start,
    end: End | None = None,
) -> None:
    """Feed a whole part to handlers; names of elements and attributes come without prefixes."""

    depth = 0

    def local_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        part.check_depth(depth)
        start(local(name), {local(key): value for key, value in attributes.items()})

    def local_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local(name))

    part.parser.StartElementHandler, part.parser.EndElementHandler = local_start, local_end
    for piece in pieces:
        part.feed(piece)
    part.finish()


def check_prolog(pieces: Iterable[bytes], part: XmlPart) -> None:
    """Read no further than the first element: a DOCTYPE can only stand before it."""
    begun: list[str] = []
    part.parser.StartElementHandler = lambda name, _attributes: begun.append(name)
    for piece in pieces:
        part.feed(piece)
        if begun:
            return
    part.finish()


def local(name: str) -> str:
    """The name without its prefix; parts of other vocabularies are told by where they stand."""
    return name.rpartition(":")[2]
