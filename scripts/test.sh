#!/usr/bin/env bash
# test.sh            all stages: SQLite, PostgreSQL, journeys in a browser
# test.sh quick …    pytest on SQLite with the arguments given; needs nothing but Python
# Markers: `journey` runs in the browser stage only; `office` needs LibreOffice; `sqlite` and
# `postgres` are for tests of what one database alone can do.
set -uo pipefail
cd "$(dirname "$0")/.."
python=${TEST_PYTHON:-.venv/bin/python}
if [ -z "${TEST_PYTHON:-}" ]; then
    base=$(scripts/find_python.sh) || exit 1
    "$base" scripts/project_venv.py dev || exit 1
fi
. scripts/test_env.sh
mkdir -p var/static   # WhiteNoise warns where it is missing, and a warning is an error

if [ "${1:-}" = quick ]; then
    shift
    exec "$python" -m pytest -m "not journey and not office and not postgres" "$@"
fi

log=$(mktemp "var/test-log.XXXXXX")
beside=""   # the process of the stage that runs beside another
trap '[ -z "$beside" ] || kill "$beside" 2>/dev/null; rm -f "$log" "$log.beside"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
closing=()   # pytest's last line of each stage
missing=()   # what could not be tested, and why
failed=()

headline() { printf '\n━━━━ %s ━━━━\n' "$1"; }

# stage NAME COMMAND…: run, keep the closing line, note a failure.
stage() {
    local name=$1
    shift
    headline "$name"
    "$@" 2>&1 | tee "$log"
    note "$name" "${PIPESTATUS[0]}" "$log"
}

# stage_beside COMMAND…: begin a stage that leaves room for another one; end_beside NAME tells it whole.
stage_beside() {
    "$@" >"$log.beside" 2>&1 &
    beside=$!
}

end_beside() {
    wait "$beside"
    local code=$?
    beside=""
    headline "$1"
    cat "$log.beside"
    note "$1" "$code" "$log.beside"
}

# note NAME CODE LOG: remember how a stage ended.
note() {
    local name=$1 code=$2 line
    line=$(grep -E '(passed|failed|errors?|skipped|no tests ran).* in [0-9.]+s' "$3" | tail -n 1)
    [ -n "$line" ] && closing+=("$name"$'\t'"$line")
    case $code in
        0) ;;
        69) missing+=("$name: PostgreSQL がありません") ;;
        5) failed+=("$name: 試験が一つもありません") ;;
        130) exit 130 ;;
        *) failed+=("$name: 失敗しました（終了コード $code）") ;;
    esac
    if [ "${CI:-}" = true ] && [[ $line == *skipped* ]]; then
        failed+=("$name: 飛ばした試験があります（CI では認めません）")
    fi
}

fast="not journey"
if SOFFICE=$(scripts/install_office.sh); then
    export SOFFICE
else
    unset SOFFICE
    fast="$fast and not office"
    missing+=("帳票を LibreOffice で開く試験: LibreOffice か poppler-utils がありません")
fi

if NGINX=$(scripts/install_nginx.sh); then
    export NGINX
else
    unset NGINX
    missing+=("nginx の後ろで動かす試験: nginx がありません")
fi

# The journeys wait for the browser half of the time: they go beside the other stages.
if CHROMIUM=$(scripts/install_browser.sh); then
    export CHROMIUM
    stage_beside "$python" -m pytest -n 2 --dist loadfile -m journey tests/journeys
else
    missing+=("ブラウザーの試験: Chromium がありません")
fi
# The tables are made at once; the tests of processes go through the migrations on both databases, the journeys too.
# A process takes a run of tests, in which those that begin with the same follow each other (tests/beginnings.py).
stage "SQLite" "$python" -m pytest -n 2 --dist worksteal --no-migrations -m "$fast and not postgres"
# Tried on SQLite alone: what asks no database, how often one is asked, who may do what and all rows of what is refused
# (tests/conftest.py), LibreOffice, who may come in at which address, where every page is asked for by every role,
# hostile and faulty files, which Python refuses, what workbooks are made of, what a browser may keep, the demo of
# another day, and the laws of what Python alone works out: round trips through Excel and the comparison of editions.
stage "PostgreSQL" scripts/with_postgres.sh "$python" -m pytest -n 3 --dist worksteal --no-migrations \
    -m "not journey and not office and not sqlite" \
    --ignore=tests/test_access.py --ignore=tests/reviews/test_verify_refused.py \
    --ignore=tests/rounds/test_answer_import_files.py --ignore=tests/people/test_private_pages.py \
    --ignore=tests/reviews/test_workbook_meeting.py --ignore=tests/reviews/test_workbook_package.py \
    --ignore=tests/reviews/test_workbook_pages.py --ignore=tests/reviews/test_workbook_report.py \
    --ignore=tests/revisions/test_workbook_comparison.py --ignore=tests/revisions/test_draft_parts_doors.py \
    --ignore=tests/people/test_department_list_laws.py --ignore=tests/rounds/test_answer_form_laws.py \
    --ignore=tests/revisions/test_revision_laws.py \
    --deselect=tests/demo/test_demo_loading.py::test_a_round_and_a_sitting_are_ahead_whenever_it_is_loaded \
    --deselect=tests/concurrency/test_closing_for_good.py::test_a3_the_rows_that_somebody_still_reads_are_not_called_erased \
    --deselect=tests/concurrency/test_closing_for_good.py::test_a3_what_is_closed_is_in_no_file_of_the_database
# What is called erased there hangs on who else has a transaction open on the server, in whichever database.
stage "PostgreSQL で消したもの" scripts/with_postgres.sh "$python" -m pytest --no-migrations \
    tests/concurrency/test_closing_for_good.py::test_a3_the_rows_that_somebody_still_reads_are_not_called_erased \
    tests/concurrency/test_closing_for_good.py::test_a3_what_is_closed_is_in_no_file_of_the_database
[ -z "$beside" ] || end_beside "ブラウザー"

headline "まとめ"
for text in "${missing[@]}"; do
    printf '!!!! 実行していません: %s\n' "$text"
    [ "${CI:-}" = true ] && failed+=("$text")
done
for text in "${failed[@]}"; do printf '×  %s\n' "$text"; done
for text in "${closing[@]}"; do printf '%s\n%s\n' "${text%%$'\t'*}:" "${text#*$'\t'}"; done
[ ${#failed[@]} -eq 0 ]
