#!/bin/sh
# Installs the JavaScript linters from package-lock.json; does nothing when that was done already.
set -eu

cd "$(dirname "$0")/.."
stamp=$(sha256sum package-lock.json | cut -d' ' -f1)
if [ "$(cat node_modules/.stamp 2>/dev/null)" = "$stamp" ]; then exit 0; fi
echo "Устанавливаю зависимости JavaScript (package-lock.json)…"
npm ci --no-audit --no-fund --loglevel=error </dev/null
echo "$stamp" >node_modules/.stamp
