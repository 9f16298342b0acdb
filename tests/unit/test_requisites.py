from __future__ import annotations

import pytest

from kkt_adapter.app.requisites import is_email, is_inn, normal_phone


@pytest.mark.parametrize("inn", ["7707083893", "7736050003", "500100732259", "773370857141"])
def test_an_inn_with_right_check_digits_is_accepted(inn):
    assert is_inn(inn)


@pytest.mark.parametrize(
    "inn",
    [
        "7707083894",
        "500100732258",
        # The twelfth digit agrees with the eleventh, which is wrong.
        "500100732202",
        "123",
        "",
        "77070838931",
        "７７０７０８３８９３",
    ],
)
def test_an_inn_with_wrong_check_digits_or_length_is_not(inn):
    assert not is_inn(inn)


@pytest.mark.parametrize(
    "written",
    ["+79123456789", "8 (912) 345-67-89", "7 912 345 67 89", "9123456789", "+7(912)345.67.89"],
)
def test_a_russian_number_is_one_number_however_written(written):
    assert normal_phone(written) == "+79123456789"


def test_a_foreign_number_stays_as_it_is():
    assert normal_phone("+375 29 123-45-67") == "+375291234567"


@pytest.mark.parametrize("written", ["", "112", "+7912345678", "+791234567890", "телефон", "+"])
def test_what_is_no_number_is_refused(written):
    assert normal_phone(written) is None


@pytest.mark.parametrize("email", ["a@b.ru", "ivan.petrov+optika@mail.example.com"])
def test_a_sane_email_is_accepted(email):
    assert is_email(email)


@pytest.mark.parametrize(
    "email", ["@b.ru", "a@b", "a b@c.ru", "a@b..ru", "a@@b.ru", "почта@b.ru", "a" * 60 + "@b.ru"]
)
def test_a_broken_or_endless_email_is_not(email):
    assert not is_email(email)
