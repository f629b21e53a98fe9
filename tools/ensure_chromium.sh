#!/bin/sh
# Leaves a Chromium for the browser tests on PATH: takes the one that is there, else installs Debian's. Prints its path.
# tools/ensure_chromium.sh [--shell]
#
# The first choice is chromium-headless-shell, which is Chromium's engine without a browser's windows, bars and tabs: a page
# costs it a third of the processor time. With --shell it is installed beside another Chromium too, where that can be done.
set -eu

find_shell() { command -v chromium-headless-shell; }
find_chromium() { find_shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }

is_there() {
  if [ "${1:-}" = --shell ]; then find_shell; else find_chromium; fi
}

if is_there "$@"; then exit 0; fi

give_up() {
  if find_chromium; then exit 0; fi
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

# of the tests' processes that ask at once, the first installs it, and the others find it
if command -v flock >/dev/null; then
  exec 9>"${TMPDIR:-/tmp}/twosource-chromium-$(id -u).lock"
  flock 9
  if is_there "$@"; then exit 0; fi
fi

install() { DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@" >&2; }
$as_root apt-get update -qq >&2 || give_up "apt-get update failed"
if find_chromium >/dev/null; then
  install chromium-headless-shell || give_up "Debian's apt-get has no chromium-headless-shell"
else
  install chromium-headless-shell fonts-noto-core || install chromium fonts-noto-core || give_up "apt-get install failed"
fi
find_chromium
