#!/usr/bin/env bash
# Everything that CI runs; what goes beside something else is told whole when it ends. `make check` and .ci/run call it.
set -uo pipefail
cd "$(dirname "$0")/.."
base=$(scripts/find_python.sh) || exit 1
python=.venv/bin/python
failed=()
mkdir -p var
log=$(mktemp "var/check-log.XXXXXX")
running=()   # what was started beside: ended with us, also on Ctrl-C
trap '[ ${#running[@]} -eq 0 ] || kill "${running[@]}" 2>/dev/null; rm -f "$log" "$log.failed"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Debian's parts come while pip works. test.sh asks for them again and says what is missing.
if [ "${1:-all}" = all ]; then
    (scripts/install_office.sh; scripts/install_browser.sh; scripts/install_nginx.sh) >/dev/null 2>&1 &
    installing=$!
    running+=("$installing")
fi
"$base" scripts/project_venv.py dev || exit 1

# In a subshell, so that the settings of one check do not reach the next.
check() {
    local name=$1
    shift
    printf '\n━━━━ %s ━━━━\n' "$name"
    ("$@") || failed+=("$name")
}

with_test_settings() { . scripts/test_env.sh && "$@"; }

# What a city would set, with nothing from this machine; a warning fails.
with_production_settings() {
    . scripts/test_env.sh
    unset STATICFILES_BACKEND
    SECRET_KEY=$("$python" -c "import secrets; print(secrets.token_urlsafe(50))")
    HTTPS=on ALLOWED_HOSTS=dx.example.lg.jp TRUSTED_PROXY=127.0.0.1
    export SECRET_KEY HTTPS ALLOWED_HOSTS TRUSTED_PROXY
    "$@"
}

# All three, so that one run tells everything.
lint() {
    local code=0
    "$python" -m ruff check . || code=1
    "$python" -m ruff format --check . || code=1
    "$python" -m djlint --lint --quiet templates || code=1
    return $code
}

# What only reads: it needs one core and goes beside the other Python, which mostly installs.
reading_checks() {
    failed=()   # only these; it is a copy
    check "部品の固定" "$python" scripts/check_locks.py
    check "書き方" lint
    check "型" with_test_settings "$python" -m mypy
    check "移行ファイル" with_test_settings "$python" manage.py makemigrations --check --dry-run
    check "本番設定" with_production_settings "$python" manage.py check --deploy --fail-level WARNING
    check "テンプレート" with_test_settings "$python" scripts/check_templates.py
    [ ${#failed[@]} -eq 0 ] || { printf '%s\n' "${failed[@]}" >"$log.failed"; exit 1; }
}

# An end without a name, as by a signal, is a failure too.
note_reading_failures() {
    local names=()
    [ ! -f "$log.failed" ] || mapfile -t names <"$log.failed"
    [ ${#names[@]} -gt 0 ] || names=("読むだけの検査")
    failed+=("${names[@]}")
}

case ${1:-all} in
    lint) check "書き方" lint ;;
    types) check "型" with_test_settings "$python" -m mypy ;;
    all)
        check "静的ファイル" with_production_settings "$python" manage.py collectstatic --noinput --verbosity 0
        (reading_checks) >"$log" 2>&1 &
        reading=$!
        running+=("$reading")
        check "ほかの版の Python" scripts/other_pythons.sh
        wait "$reading" || note_reading_failures
        cat "$log"
        wait "$installing"
        running=()
        check "試験" scripts/test.sh
        ;;
    *) echo "使い方: check.sh [lint | types]" >&2; exit 2 ;;
esac

if [ ${#failed[@]} -gt 0 ]; then
    printf '\n× 通らなかったもの:'
    printf ' %s' "${failed[@]}"
    printf '\n'
    exit 1
fi
