"""XML as nearly all programs write spreadsheets, cut into blocks that patterns can read.

expat walks along without handlers, so that a block is well-formed and `<` stands nowhere but at
the begin of a tag. NotPlain at what patterns would misread: a comment, CDATA, a prefix, another
encoding. The caller then begins again with expat alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .xml_part import XmlPart

# What has no end for so long is left to the exact reader, which knows how deep it is.
_LONGEST = 1 << 20
_LONGEST_PROLOG = 16 << 20
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class NotPlain(Exception):
    """Something that the patterns do not know."""


def plain_blocks(pieces: Iterable[bytes], part: XmlPart, outer: str, inner: str) -> Iterator[str]:
    """What stands inside <outer>, cut behind an </inner>."""
    opening, closing = f"<{outer}".encode(), f"</{outer}>".encode()
    item_end = f"</{inner}>".encode()
    rest = b""
    inside = over = False
    foreign = _watch_encoding(part)
    part.watch_depth()
    for piece in pieces:
        part.feed(piece)
        if over:
            continue
        rest += piece
        if foreign or _has_markup(rest, inside):
            raise NotPlain
        if not inside:
            begin = rest.find(opening)
            if begin >= 0:
                inside = True
                part.leave_unwatched()
                rest = rest[begin + len(opening) :]
        end = rest.find(closing) if inside else -1
        over = end >= 0
        cut = end if over else rest.rfind(item_end)
        if over:
            part.watch_depth()
        if inside and cut >= 0:
            if not over:
                cut += len(item_end)
            yield _decoded(rest[:cut])
            rest = rest[cut:]
        elif len(rest) > (_LONGEST if inside else _LONGEST_PROLOG):
            raise NotPlain
    part.finish()
    if not inside or (not over and f"<{inner}".encode() in rest):
        raise NotPlain


def _has_markup(rest: bytes, inside: bool) -> bool:
    """A comment, CDATA, an instruction: `<` of anything else is followed by a name or a slash."""
    instructions = rest.count(b"<?")
    if instructions == 1 and not inside and rest.lstrip(b"\xef\xbb\xbf").startswith(b"<?xml "):
        instructions = 0
    return instructions > 0 or b"<!" in rest


def unescape(text: str) -> str:
    """References to characters; those that XML knows without a DOCTYPE."""
    return _REFERENCE.sub(_referred, text) if "&" in text else text


def _watch_encoding(part: XmlPart) -> list[str]:
    """Filled with what is declared besides UTF-8."""
    foreign: list[str] = []

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() != "utf-8":
            foreign.append(encoding)

    part.parser.XmlDeclHandler = declaration
    return foreign


def _decoded(block: bytes) -> str:
    if b"\r" in block:
        # What expat does to line ends by itself.
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return block.decode("utf-8")


def _referred(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return _NAMED[name]
    return chr(int(decimal) if decimal else int(hexadecimal, 16))
