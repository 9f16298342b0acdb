"""A child that does not outlive the process that started it, however that one ends."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int, signum: signal.Signals = signal.SIGTERM) -> Callable[[], None]:
    """For the child, between fork and exec: `signum` when the parent is gone.

    A parent killed with SIGKILL cannot stop anyone. Without this its children would go on holding
    ports and data directories, and the next start would be refused.
    """
    if sys.platform != "linux":
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask_the_kernel() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signum)
        if os.getppid() != parent:
            # It died before the kernel was asked: nobody would send the signal any more.
            os._exit(1)

    return ask_the_kernel
