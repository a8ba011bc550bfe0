#!/usr/bin/env bash
# Everything that CI runs, in the order of what fails fastest. `make check` and .ci/run call it.
set -uo pipefail
cd "$(dirname "$0")/.."
base=$(scripts/find_python.sh) || exit 1
"$base" scripts/project_venv.py dev || exit 1
python=.venv/bin/python
failed=()

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
    HTTPS=on ALLOWED_HOSTS=dx.example.lg.jp TRUSTED_PROXY=on
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

case ${1:-all} in
    lint) check "書き方" lint ;;
    types) check "型" with_test_settings "$python" -m mypy ;;
    all)
        check "部品の固定" "$python" scripts/check_locks.py
        check "書き方" lint
        check "型" with_test_settings "$python" -m mypy
        check "移行ファイル" with_test_settings "$python" manage.py makemigrations --check --dry-run
        check "本番設定" with_production_settings "$python" manage.py check --deploy --fail-level WARNING
        check "静的ファイル" with_production_settings "$python" manage.py collectstatic --noinput --verbosity 0
        check "テンプレート" with_test_settings "$python" scripts/check_templates.py
        check "ほかの版の Python" scripts/other_pythons.sh
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
