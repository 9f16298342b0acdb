"""The encoding of a short Russian price list is guessed, and guessed right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector_b.rules.source.text_encoding import decoded_head, guess_encoding
from tests.unit.connector_b.source.price_texts import COLOURS, HEADERS, NAMES, UNITS, short_file

NARROW = ("utf-8", "cp1251", "cp866", "koi8-r")


def guessed(folder: Path, data: bytes) -> str:
    path = folder / "text"
    path.write_bytes(data)
    return guess_encoding(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.mark.parametrize("encoding", NARROW)
@given(text=short_file)
@settings(max_examples=150)
def test_a_header_and_a_row_are_enough(folder: Path, encoding: str, text: str) -> None:
    # « and » are not in DOS code page 866, № is not in KOI8-R: suppliers' programs drop them.
    assert guessed(folder, text.encode(encoding, "ignore")) == encoding


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("text", [*NAMES, *HEADERS])
def test_one_line_is_enough(folder: Path, encoding: str, text: str) -> None:
    assert guessed(folder, f"{text};12,50".encode(encoding, "ignore")) == encoding


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("text", [name.upper() for name in NAMES])
def test_a_line_of_capitals_is_enough(folder: Path, encoding: str, text: str) -> None:
    assert guessed(folder, f"{text};12,50".encode(encoding, "ignore")) == encoding


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("text", [name.lower() for name in NAMES])
def test_a_line_of_small_letters_is_enough(folder: Path, encoding: str, text: str) -> None:
    assert guessed(folder, f"{text};12,50".encode(encoding, "ignore")) == encoding


@pytest.mark.parametrize("encoding", NARROW)
@pytest.mark.parametrize("header", ["Цена", "Товар;Цена", "Код;Опт", "Модель", "Бренд;Цвет"])
def test_russian_in_the_header_alone_is_enough(folder: Path, encoding: str, header: str) -> None:
    rows = "".join(f"RB{index};{index * 3},50\r\n" for index in range(3000))
    assert guessed(folder, f"{header}\r\n{rows}".encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", NARROW)
def test_russian_after_a_megabyte_of_latin_is_found(folder: Path, encoding: str) -> None:
    rows = "RB3025;Aviator;129.90\r\n" * 60_000
    assert guessed(folder, f"{rows}Футляр жёсткий\r\n".encode(encoding)) == encoding


def test_a_single_word_in_the_whole_file_is_enough(folder: Path) -> None:
    wrong = [
        (word, encoding)
        # Two consonants are a word in no encoding, or in all.
        for word in {*UNITS, *COLOURS} - {"", "Havana", "шт", "шт.", "уп."}
        for encoding in NARROW
        if guessed(folder, f"A1;{word};1".encode(encoding)) != encoding
    ]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@given(text=short_file)
@settings(max_examples=30)
def test_utf_16_is_told_with_and_without_its_mark(folder: Path, encoding: str, text: str) -> None:
    assert guessed(folder, text.encode(encoding)) == encoding


def test_a_mark_before_utf_8_is_no_letter(folder: Path) -> None:
    assert guessed(folder, "Цена".encode("utf-8-sig")) == "utf-8"
    assert decoded_head("Цена".encode("utf-8-sig")) == "Цена"


def test_plain_latin_is_utf_8(folder: Path) -> None:
    assert guessed(folder, b"SKU;Price\n1;2\n") == "utf-8"


@pytest.mark.parametrize("text", ["Größe;Café;Señor", "Modèle;Écaille;Bleu foncé", "Größe"])
def test_western_letters_are_not_taken_for_russian(folder: Path, text: str) -> None:
    assert guessed(folder, text.encode("cp1252")) == "cp1252"


@pytest.mark.parametrize(
    "text", ["Артикул №;Цена", "Линзы «Премиум» — скидка 10 %", "Оправа 52□18-140 ±0,25 °"]
)
def test_signs_of_windows_texts_do_not_mislead(folder: Path, text: str) -> None:
    assert guessed(folder, text.encode("cp1251", "ignore")) == "cp1251"


def test_utf_8_with_one_spoilt_byte_is_still_utf_8(folder: Path) -> None:
    data = ("Оправа металлическая;12,50\r\n" * 50).encode()
    assert guessed(folder, data[:701] + b"\xff" + data[701:]) == "utf-8"


@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_get_an_answer(folder: Path, data: bytes) -> None:
    guessed(folder, data)
    decoded_head(data)


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(256))])
def test_bytes_that_are_no_text_are_no_text(data: bytes) -> None:
    assert decoded_head(data) is None
