"""What the log of a run of addon tests says.

Odoo's exit code alone is not enough: it is 0 when no test was found, and when something failed
outside of a test.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

_LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ (?P<level>[A-Z]+) \S+ (?P<logger>\S+): (?P<text>.*)"
)
_RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
_FAILED_TEST = re.compile(r"(?:FAIL|ERROR): (.+)")
_SKIPPED_TEST = re.compile(r"skipped (.+)")
_TEST_LOGGER = re.compile(r"odoo\.addons\.(\w+)\.tests\b")
# Debian's wkhtmltopdf prints pages but no headers and footers of their own, and says so each time.
_EXPECTED = re.compile(r"wkhtmltopdf: The switch --header-html, is not support using unpatched qt")


@dataclass(slots=True)
class Verdict:
    """Fed with lines, then asked."""

    addons: Collection[str]
    tests: int = 0
    failed: int = 0
    finished: bool = False
    tested_addons: set[str] = field(default_factory=set)
    failed_tests: list[str] = field(default_factory=list)
    skipped_tests: list[str] = field(default_factory=list)
    # What went wrong beside the tests.
    troubles: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        parsed = _LINE.match(line)
        if parsed is None:
            return
        level, logger, text = parsed["level"], parsed["logger"], parsed["text"].strip()
        of_test = _TEST_LOGGER.match(logger)
        if logger == "odoo.tests.result":
            if result := _RESULT.match(text):
                self.failed = int(result[1]) + int(result[2])
                self.tests = int(result[3])
                self.finished = True
        elif of_test and text.startswith("Starting "):
            self.tested_addons.add(of_test[1])
        elif of_test and (skipped := _SKIPPED_TEST.match(text)):
            self.skipped_tests.append(skipped[1])
        elif level == "ERROR" and (test := _FAILED_TEST.match(text)):
            self.failed_tests.append(test[1])
        elif logger == "py.warnings" and not any(f"/{addon}/" in text for addon in self.addons):
            # Of Odoo and its libraries; it comes and goes with their compiled files.
            return
        # A warning under a test's name is the browser's console talking.
        elif _EXPECTED.match(text):
            pass
        elif level in {"ERROR", "CRITICAL"} or (level == "WARNING" and not of_test):
            self.troubles.append(f"{level} {logger}: {text}")

    def complaints(self, exit_code: int, *, all_addons: bool) -> list[str]:
        """Why the run is not green; empty when it is."""
        found = [f"failed: {test}" for test in self.failed_tests]
        found += [f"in the log: {trouble}" for trouble in self.troubles]
        if not self.finished:
            found.append(f"Odoo ended before its tests did (exit {exit_code})")
        elif self.tests == 0:
            found.append("no test was executed")
        untested = sorted(set(self.addons) - self.tested_addons) if all_addons else []
        found += [f"no test of {addon} was executed" for addon in untested]
        if not found and (self.failed or exit_code != 0):
            found.append(f"{self.failed} failed, exit {exit_code}")
        return found

    def counts(self) -> str:
        passed = max(self.tests - self.failed - len(self.skipped_tests), 0)
        skipped = f", {len(self.skipped_tests)} skipped" if self.skipped_tests else ""
        return f"{passed} passed, {self.failed} failed{skipped}"


def lines(verdict: Verdict, complaints: Sequence[str]) -> str:
    """For the end of the run, the most important last."""
    told = [f"skipped: {test}" for test in verdict.skipped_tests] + list(complaints)
    return "\n".join([*told, verdict.counts()])
