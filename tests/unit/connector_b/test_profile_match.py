"""Whose file somebody brings: by its columns, its name, the supplier's name in it."""

from connector_b.rules.profile_match import Candidate, Why, best_match, name_words

COLUMNS = ("Артикул", "Наименование", "Опт, руб.")


def test_a_file_is_known_by_its_columns() -> None:
    match = best_match([Candidate(1, columns=COLUMNS)], "1.xlsx", ["артикул", "НАИМЕНОВАНИЕ", "X"])
    assert match is not None
    assert (match.profile, match.why) == (1, Why.COLUMNS)


def test_few_columns_in_common_are_a_coincidence() -> None:
    assert best_match([Candidate(1, columns=COLUMNS)], "1.xlsx", ["Наименование", "X"]) is None


def test_one_column_alone_tells_nothing() -> None:
    assert best_match([Candidate(1, columns=("Цена",))], "1.xlsx", ["Цена"]) is None


def test_last_month_s_name_with_another_date_is_the_same_name() -> None:
    candidate = Candidate(1, columns=COLUMNS, file_names=("Прайс Оптима 10.2026.xlsx",))
    match = best_match([candidate], "прайс_оптима (2) 11.2026.xls", list(COLUMNS))
    assert match is not None
    assert match.why is Why.FILE_NAME


def test_the_supplier_in_the_name_of_the_file_tells_whose_it_is() -> None:
    candidate = Candidate(1, supplier="ООО «Оптима»", columns=COLUMNS)
    match = best_match([candidate], "optics оптима.xlsx", list(COLUMNS))
    assert match is not None
    assert match.why is Why.SUPPLIER


def test_a_name_does_not_help_where_the_columns_are_others() -> None:
    candidate = Candidate(1, "Оптима", COLUMNS, ("Оптима.xlsx",))
    assert best_match([candidate], "Оптима.xlsx", ["SPH", "CYL"]) is None


def test_of_two_the_one_with_more_columns_wins_and_of_equals_the_first() -> None:
    more = Candidate(2, columns=COLUMNS)
    fewer = Candidate(1, columns=(*COLUMNS, "Цвет"))
    match = best_match([fewer, more], "1.xlsx", list(COLUMNS))
    assert match is not None
    assert match.profile == 2
    equal = best_match([more, Candidate(3, columns=COLUMNS)], "1.xlsx", list(COLUMNS))
    assert equal is not None
    assert equal.profile == 2


def test_everyday_words_tell_no_supplier() -> None:
    assert name_words("Прайс-лист ООО (новый) 2026.xlsx") == frozenset()
    assert name_words("ООО «Ёлка»") == {"елка"}
