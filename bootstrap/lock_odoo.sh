#!/bin/sh
# Renews requirements/odoo.txt: versions of what Odoo's requirements draw in without naming it.
# What they do name keeps their pins, so that another revision of Odoo 17 installs as it asks.
set -eu

home=${ODOO_HOME:-$HOME/odoo-17.0}
if [ ! -e "$home/odoo-bin" ]; then
    echo "requirements/odoo.txt оставлен как есть: нет Odoo 17 в $home."
    exit 0
fi

cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bootstrap/odoo_requirements.sh "$home" >"$work/asked"
.venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --no-header \
    --no-annotate "$work/asked" --output-file "$work/resolved"
{
    echo "# Made by bootstrap/lock_odoo.sh (make lock): what requirements.txt of Odoo 17 leaves open."
    awk '
        { name = $0; sub(/[ =<>!;[].*/, "", name); name = tolower(name); gsub(/[._]/, "-", name) }
        NR == FNR { if (/==/) pinned[name]; next }
        !(name in pinned)
    ' "$work/asked" "$work/resolved"
} >"$work/lock"
cp "$work/lock" requirements/odoo.txt
