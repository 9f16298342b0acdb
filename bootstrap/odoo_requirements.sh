#!/bin/sh
# Prints what to install from PyPI for the Odoo at $1: its own list, made installable without a
# compiler, and what its tests need besides.
set -eu

home=${1:?"каталог Odoo"}

# psycopg2 and python-ldap come as sources only. The first has a binary twin from the same authors;
# the second serves the addon auth_ldap alone, which stands under none of ours.
sed -e 's/^psycopg2==/psycopg2-binary==/' -e '/^python-ldap/d' "$home/requirements.txt"
# Odoo 17 imports pkg_resources, which newer setuptools warn about and then lack.
echo 'setuptools<70'
# Through it tests drive Chromium.
echo 'websocket-client'
