"""Why a file cannot be read: a code and what a sentence needs to say where and what to do.

Every code comes with `file` (the name as the person knows it; inside an archive
`prices.zip › spring.xlsx`). Besides:

=================  ===================  =======================================================
code               params               meant
=================  ===================  =======================================================
empty_file         -                    no byte in it, or nothing but blanks and line ends
no_rows            sheets               a file of its kind, but no sheet has a filled cell
no_sheets          kind, left_out       a workbook of charts only, an archive without price lists
protected          kind                 opens with a password only
not_what_it_says   extension, found     named .xls, but is something that is not read
unknown_kind       found                not read; found is "" where nobody knows what it is
corrupt            kind, part, detail   cut off or damaged; part is a member or sheet or ""
too_big            size, limit          bytes of the file, before any unpacking
zip_bomb           member, reason,      reason: ratio (times), total, member, texts (bytes),
                   found, limit         members, nested (pieces); found and limit in that unit
unknown_packing    member, method       packed otherwise than every zip program unpacks; method is
                                        the number of the packing
xml_bomb           part                 declares a DOCTYPE: Office never does, bombs need it
no_such_sheet      sheet, sheets        asked for a sheet that the file does not have
too_many_columns   sheet, row, column,  a filled cell further right than any price list is wide;
                   limit                column in letters, as the person sees it
too_many_rows      sheet, row, limit    a filled row further down than any spreadsheet reaches
cell_too_long      sheet, row, limit    one cell runs on and on
open_quote         sheet, row           a quote opened in that row is never closed (text files)
bad_encoding       encoding, row,       the bytes cannot be text in the encoding that was chosen;
                   found                found is what does not fit, as hexadecimal
=================  ===================  =======================================================

`found` of not_what_it_says and unknown_kind is one of FOUND in `signature`, or "".
"""

from __future__ import annotations

# Code → names of its params besides `file`. The table above, for code and tests to hold on to.
CODES = {
    "empty_file": (),
    "no_rows": ("sheets",),
    "no_sheets": ("kind", "left_out"),
    "protected": ("kind",),
    "not_what_it_says": ("extension", "found"),
    "unknown_kind": ("found",),
    "corrupt": ("kind", "part", "detail"),
    "too_big": ("size", "limit"),
    "zip_bomb": ("member", "reason", "found", "limit"),
    "unknown_packing": ("member", "method"),
    "xml_bomb": ("part",),
    "no_such_sheet": ("sheet", "sheets"),
    "too_many_columns": ("sheet", "row", "column", "limit"),
    "too_many_rows": ("sheet", "row", "limit"),
    "cell_too_long": ("sheet", "row", "limit"),
    "open_quote": ("sheet", "row"),
    "bad_encoding": ("encoding", "row", "found"),
}


class SourceError(Exception):
    """The file, or one of its sheets, cannot be read any further."""

    def __init__(self, code: str, *, file: str, **params: object) -> None:
        if set(params) != set(CODES[code]):
            raise TypeError(f"{code} takes {CODES[code]}, not {sorted(params)}")
        super().__init__(code)
        self.code = code
        self.params: dict[str, object] = {"file": file, **params}

    def __str__(self) -> str:
        return f"{self.code}: {self.params}"
