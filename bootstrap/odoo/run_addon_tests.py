"""`make test-odoo`: every addon of this tree installed and tested on Odoo 17, demo data on.

python -m bootstrap.odoo.run_addon_tests --tags /optics_core:TestPrescription
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bootstrap.free_ports import free_ports
from bootstrap.odoo import cluster, home, required_programs, template
from bootstrap.odoo.instance import Instance, run_odoo
from bootstrap.odoo.our_addons import addons_in, foreign_depends
from bootstrap.odoo.verdict import Verdict, lines

# A test that hangs must not eat the hour of CI.
LIMIT_S = 2400.0
# One line a test; of everything else only what is wrong.
LOGGING = ("--log-level=warn", "--log-handler=odoo.tests.result:INFO")


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tags", default="", help="as odoo-bin --test-tags takes them")
    parser.add_argument("--addons", type=Path, default=home.ROOT / "addons")
    parser.add_argument("--state", type=Path, default=home.ROOT / ".odoo")
    asked = parser.parse_args(words)
    addons = addons_in(asked.addons.resolve())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        required_programs.require()
        return run(home.find(), addons, asked.tags, asked.state)
    except (
        cluster.ClusterFailed,
        home.NoOdoo,
        home.WrongOdoo,
        template.TemplateFailed,
        required_programs.Missing,
    ) as error:
        print(f"Odoo addon suites cannot run: {error}")
        return 1


def run(odoo: home.OdooHome, addons: Sequence[Path], tags: str, state: Path) -> int:
    names = [addon.name for addon in addons]
    verdict = Verdict(names)

    def show(line: str) -> None:
        verdict.read(line)
        print(line, end="", flush=True)

    with cluster.scratch_folder() as folder:
        template.place(odoo, foreign_depends(addons), state, folder)
        with cluster.running(folder / "pg") as socket:
            instance = Instance(odoo, folder, socket, free_ports(1)[0], addons)
            command = instance.command(
                *("-i", ",".join(names), "--test-enable", "--stop-after-init"),
                *("--test-tags", tags or ",".join(f"/{name}" for name in names)),
                *LOGGING,
                *(f"--log-handler=odoo.addons.{name}.tests:INFO" for name in names),
            )
            exit_code = run_odoo(command, show, LIMIT_S)
    # Who asks for some of the tests does not expect all of the addons.
    complaints = verdict.complaints(exit_code, all_addons=not tags)
    print(lines(verdict, complaints), flush=True)
    return 1 if complaints else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
