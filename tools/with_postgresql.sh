#!/bin/sh
# Runs a command beside a PostgreSQL server of its own, which goes with all its data when the command ends.
# tools/with_postgresql.sh COMMAND...   TWOSOURCE_TEST_DATABASE is the server's URL; one that is set already is taken
#
# The server listens on a socket in a temporary folder, on no port. Its words are ordered as a dictionary orders them,
# not by the characters' numbers: what leans on a database's order by chance shows. It forgets a power cut's last
# seconds (fsync is off), which the tests have no need of. Its data lie in memory where there is room: the tests make
# and drop a thousand databases, which ext4 takes ten times as long for.
set -eu

if [ -n "${TWOSOURCE_TEST_DATABASE:-}" ]; then exec "$@"; fi

programs=$("$(dirname "$0")/ensure_postgresql.sh")
needed=2097152 # KiB
beneath="${TMPDIR:-/tmp}"
free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -w /dev/shm ] && [ "${free:-0}" -ge "$needed" ]; then beneath=/dev/shm; fi
folder=$(mktemp -d "$beneath/twosource-postgresql.XXXXXX")

# PostgreSQL refuses to run as root
as_user=""
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$user" "$folder"
  as_user="runuser -u $user --"
fi

stop() {
  (cd "$folder" && $as_user "$programs/pg_ctl" --pgdata data --mode immediate --silent stop) || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dictionary_order="--locale=C --locale-provider=icu --icu-locale=en-US"
make_cluster() {
  $as_user "$programs/initdb" --pgdata data --username tester --auth trust --encoding UTF8 --no-sync "$@" >initdb.log 2>&1
}
cd "$folder"
make_cluster $dictionary_order || make_cluster --locale=C.UTF-8 || { cat initdb.log >&2; exit 1; }
settings="-c listen_addresses= -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off"
settings="$settings -c synchronous_commit=off -c max_connections=60"
if ! $as_user "$programs/pg_ctl" --pgdata data --log "$folder/server.log" --options "$settings" --silent --wait start; then
  cat "$folder/server.log" >&2
  exit 1
fi
cd "$OLDPWD"

export TWOSOURCE_TEST_DATABASE="postgresql://tester@/postgres?host=$folder"
"$@"
