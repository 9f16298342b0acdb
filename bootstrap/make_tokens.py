"""`make tokens`: pos.token and admin.token in the till's data directory, owner's eyes only."""

from __future__ import annotations

import os
import secrets
import sys

from kkt_adapter.app.config import ConfigError, load_settings

FILES = ("pos.token", "admin.token")


def main() -> int:
    try:
        folder = load_settings().adapter.data_dir
    except ConfigError as error:
        print(error)
        return 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            path = folder / name
            try:
                # O_EXCL: a token in use is never replaced, and no one else reads a half-made one.
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                print(f"{path}: уже есть, оставлен")
                continue
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
            print(f"{path}: создан")
    except OSError as error:
        print(f"Токены не созданы в {folder}: {error.strerror}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
