#!/bin/sh
# Makes .venv-odoo with what the Odoo 17 at ODOO_HOME runs on, after Debian's packages for it; does
# nothing when there is no Odoo, or when that was done already.
set -eu

home=${ODOO_HOME:-$HOME/odoo-17.0}
if [ ! -e "$home/odoo-bin" ]; then exit 0; fi

cd "$(dirname "$0")/.."
bootstrap/install_system.sh odoo

venv=.venv-odoo
wanted=$(bootstrap/odoo_requirements.sh "$home")
stamp=$({ echo "$wanted"; cat requirements/odoo.txt addons/requirements.txt; } | sha256sum | cut -d' ' -f1)
if [ -e "$venv" ] && ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then rm -rf "$venv"; fi
if [ "$(cat "$venv/.stamp" 2>/dev/null)" = "$stamp" ]; then exit 0; fi

# Odoo 17 pins packages that have no build for Python 3.13.
if ! python=$(bootstrap/find_python.sh 3.13); then
    echo "Для Odoo 17 нужен Python 3.11 или 3.12; в этой системе его нет." >&2
    exit 1
fi
echo "Устанавливаю зависимости Odoo ($home/requirements.txt), это займёт минуту…"
# Made anew: packages of another revision's list must not stay.
rm -rf "$venv"
"$python" -m venv "$venv"
echo "$wanted" >"$venv/requirements.txt"
"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input \
    --only-binary psycopg2-binary,lxml,gevent,Pillow \
    --requirement "$venv/requirements.txt" --constraint requirements/odoo.txt </dev/null
"$venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check --no-input \
    --no-deps --requirement addons/requirements.txt </dev/null
echo "$stamp" >"$venv/.stamp"
