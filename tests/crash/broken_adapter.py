"""An adapter that is wrong on purpose: it proves that the harness can fail.

`python -m tests.crash.broken_adapter` is the real adapter, except that after a lost answer it does
not look into the register: it takes the receipt for unprinted and prints it again.
"""

from __future__ import annotations

import sys

from kkt_adapter.__main__ import main
from kkt_adapter.app import till
from kkt_adapter.app.kkt_driver import RegisteredDocument
from kkt_adapter.app.register import Register


class BlindRegister(Register):
    def _take_receipt(self, document: RegisteredDocument) -> bool:
        return False


till.Register = BlindRegister  # type: ignore[attr-defined]

if __name__ == "__main__":
    sys.exit(main())
