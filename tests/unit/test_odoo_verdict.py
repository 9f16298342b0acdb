"""A run of addon tests is green only when tests were executed and nothing in the log is wrong."""

from __future__ import annotations

import pytest

from bootstrap.odoo.verdict import Verdict, lines

NO_TIME = "2026-01-31 09:00:00,123 4321"
LOGGER = "optics odoo.addons.optics_core.tests.test_lens"
STARTED = f"{NO_TIME} INFO {LOGGER}: Starting TestLens.test_a ..."
FAILED = f"{NO_TIME} ERROR {LOGGER}: FAIL: TestLens.test_a"
SKIPPED = f"{NO_TIME} INFO {LOGGER}: skipped TestLens.test_b : later"


def result(failed: int, errors: int, tests: int) -> str:
    return (
        f"{NO_TIME} INFO optics odoo.tests.result: "
        f"{failed} failed, {errors} error(s) of {tests} tests when loading database 'optics' "
    )


def verdict_of(*log: str) -> Verdict:
    verdict = Verdict(["optics_core"])
    for line in log:
        verdict.read(f"{line}\n")
    return verdict


def complaints(*log: str, exit_code: int = 0) -> list[str]:
    return verdict_of(*log).complaints(exit_code, all_addons=True)


def test_tests_that_passed_are_counted_and_nothing_is_complained_of() -> None:
    verdict = verdict_of(STARTED, result(0, 0, 7))
    assert verdict.complaints(0, all_addons=True) == []
    assert verdict.counts() == "7 passed, 0 failed"


def test_a_failed_test_is_named() -> None:
    verdict = verdict_of(STARTED, FAILED, result(1, 0, 7))
    assert verdict.complaints(1, all_addons=True) == ["failed: TestLens.test_a"]
    assert verdict.counts() == "6 passed, 1 failed"


def test_a_class_that_could_not_be_set_up_is_named() -> None:
    line = f"{NO_TIME} ERROR optics odoo.tests.suite: ERROR: setUpClass (tests.test_lens.TestLens)"
    assert complaints(STARTED, line, result(0, 1, 7)) == [
        "failed: setUpClass (tests.test_lens.TestLens)"
    ]


def test_a_failure_is_seen_even_if_no_line_names_it() -> None:
    assert complaints(STARTED, result(0, 1, 7)) == ["1 failed, exit 0"]


def test_an_exit_code_is_believed_against_a_clean_log() -> None:
    assert complaints(STARTED, result(0, 0, 7), exit_code=1) == ["0 failed, exit 1"]


def test_no_test_at_all_is_a_failure() -> None:
    assert "no test was executed" in complaints(result(0, 0, 0))


def test_an_addon_without_an_executed_test_is_a_failure() -> None:
    other = STARTED.replace("optics_core", "connector_b")
    assert complaints(other, result(0, 0, 7)) == ["no test of optics_core was executed"]


def test_who_asks_for_some_tests_does_not_hear_of_the_other_addons() -> None:
    other = STARTED.replace("optics_core", "connector_b")
    assert verdict_of(other, result(0, 0, 7)).complaints(0, all_addons=False) == []


def test_an_odoo_that_died_before_its_tests_is_a_failure() -> None:
    assert complaints(STARTED, exit_code=-9) == ["Odoo ended before its tests did (exit -9)"]


@pytest.mark.parametrize(
    "trouble",
    [
        "ERROR optics odoo.schema: Table 'optics_lens': unable to add constraint",
        "WARNING optics odoo.modules.loading: The models ['optics.lens'] have no access rules",
        "CRITICAL optics odoo.service.server: Failed to initialize database `optics`.",
        "ERROR optics odoo.addons.optics_core.tests.test_tour: something else",
        "WARNING ? py.warnings: /x/addons/optics_core/models/lens.py:1: DeprecationWarning: old",
    ],
)
def test_what_is_wrong_beside_the_tests_is_a_failure(trouble: str) -> None:
    assert len(complaints(f"{NO_TIME} {trouble}", STARTED, result(0, 0, 7))) == 1


@pytest.mark.parametrize(
    "noise",
    [
        "INFO optics odoo.modules.loading: 60 modules loaded in 0.20s",
        "WARNING optics odoo.addons.optics_core.tests.test_tour.TestDay.browser: console",
        "WARNING ? py.warnings: /x/site-packages/vobject/base.py:1: DeprecationWarning: old",
    ],
)
def test_noise_of_others_is_none(noise: str) -> None:
    assert complaints(f"{NO_TIME} {noise}", STARTED, result(0, 0, 7)) == []


def test_skipped_tests_are_told_and_are_not_counted_as_passed() -> None:
    verdict = verdict_of(STARTED, SKIPPED, result(0, 0, 2))
    assert lines(verdict, []) == "skipped: TestLens.test_b : later\n1 passed, 0 failed, 1 skipped"
