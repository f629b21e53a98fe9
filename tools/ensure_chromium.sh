#!/bin/sh
# Leaves a Chromium for the browser tests on PATH: takes the one that is there, else installs Debian's. Prints its path.
set -eu

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if find_chromium; then exit 0; fi

give_up() {
  echo "no Chromium was found and it can't be installed here ($1): install it, for example with" >&2
  echo "'apt-get install chromium', or leave the browser tests out with 'pytest -m \"not browser\"'" >&2
  exit 1
}

command -v apt-get >/dev/null || give_up "no apt-get"
as_root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || give_up "neither root nor sudo"
  as_root="sudo -n"
fi
$as_root apt-get update -qq >&2
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >&2
find_chromium
