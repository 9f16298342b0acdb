#!/bin/sh
# Prints a Python >= 3.11 and below 3.14, or below $1, that can make a venv; exit 1 when there is
# none. Each candidate is run, not only looked up: pyenv leaves shims for versions that are not
# active, and Debian's python3 has no ensurepip until python3-venv is installed.
set -eu

below=${1:-3.14}
for candidate in python3.11 python3.12 python3.13 python3 \
                 /usr/bin/python3.11 /usr/bin/python3.12 /usr/bin/python3.13 /usr/bin/python3; do
    path=$(command -v "$candidate" 2>/dev/null) || continue
    if "$path" -c '
import sys
import ensurepip, venv
below = tuple(map(int, sys.argv[1].split(".")))
sys.exit(not (3, 11) <= sys.version_info < below)
' "$below" >/dev/null 2>&1; then
        echo "$path"
        exit 0
    fi
done
exit 1
