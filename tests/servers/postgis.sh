#!/bin/sh
# PostgreSQL with PostGIS, which the tests of the store start as a private server: installs them
# where they are missing. Quick when they are there.
set -eu

has_postgis() {
  for each in /usr/lib/postgresql/*/bin "$(pg_config --bindir 2>/dev/null || true)"; do
    [ -x "$each/initdb" ] || continue
    control=$("$each/pg_config" --sharedir 2>/dev/null || dirname "$each" | sed 's#/lib/#/share/#')
    [ -e "$control/extension/postgis.control" ] && return 0
  done
  return 1
}

has_postgis && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "PostgreSQL and PostGIS are needed by the tests of the store and were not found." >&2
  echo "Run 'make test' once as root (Debian, Ubuntu), or install them yourself:" >&2
  echo "apt install postgresql postgresql-postgis" >&2
  exit 1
fi
echo "Installing PostgreSQL and PostGIS"
log=$(mktemp)
# The tests bring up a server of their own: Debian's need not be created.
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
  mkdir -p /etc/postgresql-common
  echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
fi
{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
  --no-install-recommends -o Dpkg::Options::=--force-confold postgresql postgresql-postgis; } \
  >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 1; }
rm -f "$log"
