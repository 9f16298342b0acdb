"""The till's data directory: one adapter at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from kkt_adapter.app.config import ConfigError


class DataDir:
    """Held for as long as the process lives; the system lets go of it however the process ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(
                path / "adapter.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        except OSError as error:
            raise ConfigError(
                f"Настройка adapter.data_dir = {path}: сюда нельзя писать ({error.strerror}) —"
                " исправьте права или укажите другой каталог."
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._descriptor, 32).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise ConfigError(
                f"Каталог {path} уже занят другим адаптером (процесс {holder}): второй на тех же"
                " данных пробил бы чеки дважды."
            ) from None
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        os.close(self._descriptor)
