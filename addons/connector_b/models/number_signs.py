"""The signs of `rules.number_format` as the values of a selection: a blank is no value of one."""

from ..rules.number_format import AUTO, NONE

DECIMAL_SIGNS = [("guess", "Guessed"), ("comma", "Comma"), ("point", "Point")]
THOUSANDS_SIGNS = [
    ("guess", "Guessed"),
    ("none", "None"),
    ("space", "Space"),
    ("comma", "Comma"),
    ("point", "Point"),
    ("apostrophe", "Apostrophe"),
]
MARKS = {
    "guess": AUTO,
    "none": NONE,
    "space": " ",
    "comma": ",",
    "point": ".",
    "apostrophe": "'",
}
NAMES = {mark: name for name, mark in MARKS.items()}
