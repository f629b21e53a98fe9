#!/bin/sh
# Leaves PostgreSQL's server programs on this machine: takes those that are there, else installs Debian's. Prints their
# folder. No server is started: tools/with_postgresql.sh does that.
set -eu

find_programs() {
  for initdb in "$(command -v initdb || true)" $(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -rV); do
    if [ -x "$initdb" ]; then
      dirname "$(readlink -f "$initdb")"
      return
    fi
  done
  return 1
}

if find_programs; then exit 0; fi

give_up() {
  echo "no PostgreSQL was found and it can't be installed here ($1): install it, for example with" >&2
  echo "'apt-get install postgresql', or run the tests on SQLite alone with 'make test'" >&2
  exit 1
}

command -v apt-get >/dev/null || give_up "no apt-get"
as_root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || give_up "neither root nor sudo"
  as_root="sudo -n"
fi
$as_root apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends postgresql >&2
find_programs || give_up "apt-get left no initdb"
