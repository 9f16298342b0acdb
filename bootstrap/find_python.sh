#!/bin/sh
# Prints a Python >= 3.11, < 3.14 that can make a venv; exit 1 when there is none.
# Each candidate is run, not only looked up: pyenv leaves shims for versions that are not active,
# and Debian's python3 has no ensurepip until python3-venv is installed.
set -eu

for candidate in python3.11 python3.12 python3.13 python3 \
                 /usr/bin/python3.11 /usr/bin/python3.12 /usr/bin/python3.13 /usr/bin/python3; do
    path=$(command -v "$candidate" 2>/dev/null) || continue
    if "$path" -c '
import sys
import ensurepip, venv
sys.exit(not (3, 11) <= sys.version_info < (3, 14))
' >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
done
exit 1
