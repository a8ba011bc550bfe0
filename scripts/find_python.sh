#!/bin/sh
# Print a Python of at least 3.11 that can make a virtual environment.
# Each candidate is run: a shim or a stub answers `command -v` and then fails. PYTHON=path overrides.

usable() {
    "$1" -c 'import sys, venv, ensurepip, ssl, sqlite3
sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    if usable "$PYTHON"; then
        printf '%s\n' "$PYTHON"
        exit 0
    fi
    echo "PYTHON=$PYTHON は使えません（Python 3.11 以上で、venv・ssl・sqlite3 が要ります）。" >&2
    exit 1
fi

for name in python3 python3.11 python3.12 python3.13 python3.14 python /usr/bin/python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[1-9].*/bin/python3; do
    if usable "$name"; then
        # The interpreter itself, so that a shim is asked only once.
        "$name" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done

cat >&2 <<'MESSAGE'
Python 3.11 以上が見つかりません。
  Debian / Ubuntu: apt-get install python3 python3-venv
  別の場所にあるとき: make run PYTHON=/場所/python3
MESSAGE
exit 1
