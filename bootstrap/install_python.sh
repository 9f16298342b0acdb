#!/bin/sh
# Makes .venv and installs a lock file into it; does nothing when that was done for the same lock.
#   install_python.sh edge   what the till runs on
#   install_python.sh dev    also what tests and linters need (its lock holds the edge's pins too)
set -eu

kind=${1:?"edge или dev"}
cd "$(dirname "$0")/.."
lock="requirements/$kind.txt"

stamp_of() { sha256sum "$1" | cut -d' ' -f1; }
installed() { [ "$(cat ".venv/.$1" 2>/dev/null)" = "$(stamp_of "requirements/$1.txt")" ]; }

# A venv dies with the Python it was made from: then it is made anew.
if [ -e .venv ] && ! .venv/bin/python -c 'import pip' 2>/dev/null; then rm -rf .venv; fi
if installed "$kind"; then exit 0; fi

if [ ! -e .venv ]; then "$(bootstrap/find_python.sh)" -m venv .venv; fi
echo "Устанавливаю зависимости Python ($lock), это займёт минуту…"
rm -f .venv/.edge .venv/.dev
.venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --no-input \
    --requirement "$lock" </dev/null
stamp_of "$lock" >".venv/.$kind"
if [ "$kind" = dev ]; then stamp_of requirements/edge.txt >.venv/.edge; fi
