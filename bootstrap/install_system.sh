#!/bin/sh
# Installs from Debian's packages what the tree needs and this machine lacks.
#   install_system.sh run    what a till needs: Python with venv
#   install_system.sh test   also Redis, Chromium, Node.js, npm and shellcheck
#   install_system.sh odoo   what the addon suites need besides: PostgreSQL and wkhtmltopdf
set -eu

purpose=${1:?"run, test или odoo"}
here=$(dirname "$0")
missing=""

need() { missing="$missing $*"; }

node_is_too_old() {
    major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
    [ "${major:-0}" -lt 18 ]
}

"$here/find_python.sh" >/dev/null || need python3 python3-venv

if [ "$purpose" = test ]; then
    command -v redis-server >/dev/null || need redis-server
    command -v chromium >/dev/null || need chromium
    if node_is_too_old; then need nodejs; fi
    command -v npm >/dev/null || need npm
    command -v shellcheck >/dev/null || need shellcheck
fi

if [ "$purpose" = odoo ]; then
    # Its programs are not in PATH; a client alone is not enough.
    set -- /usr/lib/postgresql/*/bin/initdb
    [ -x "$1" ] || command -v initdb >/dev/null || need postgresql
    command -v wkhtmltopdf >/dev/null || need wkhtmltopdf
    command -v chromium >/dev/null || need chromium
fi

[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    if ! sudo -n true 2>/dev/null; then as_root=none; fi
fi
if ! command -v apt-get >/dev/null || [ "$as_root" = none ]; then
    echo "Не хватает программ. Установите их и повторите: sudo apt-get install$missing" >&2
    exit 1
fi

echo "Устанавливаю из пакетов Debian:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Word splitting is meant: $as_root is a command prefix, $missing a list of packages.
# shellcheck disable=SC2086
if ! { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update &&
       $as_root env DEBIAN_FRONTEND=noninteractive \
           apt-get -q -y install --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    echo "Не удалось установить:$missing. Причина — в строках выше." >&2
    exit 1
fi

if ! "$here/find_python.sh" >/dev/null; then
    echo "Нужен Python 3.11–3.13 с модулем venv; в этой системе его нет в пакетах." >&2
    exit 1
fi
if [ "$purpose" = test ] && node_is_too_old; then
    echo "Нужен Node.js 18 или новее; в этой системе его нет в пакетах." >&2
    exit 1
fi
