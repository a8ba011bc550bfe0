#!/usr/bin/env bash
# Install the locked packages and run a good part of the tests on the newest other Python that this machine really has.
# A machine without it passes. It has a few minutes, to keep a whole check short;
# what does not fit is left out and said so. 3.12 lies between two that are tested. Left out too are hostile files and
# processes, which take most of the time and hardly depend on the version.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0
end=$((SECONDS + 180))
for version in 3.13; do
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python3; do
        base=$(PYTHON=$candidate scripts/find_python.sh 2>/dev/null) || continue
        folder=var/python-$version
        log=$(mktemp var/python-log.XXXXXX)
        timeout "$((end > SECONDS ? end - SECONDS : 1))" bash -c '"$1" scripts/project_venv.py dev "$2" &&
            TEST_PYTHON=$2/bin/python scripts/test.sh quick -n 2 -q --no-migrations tests/kirishima_dx tests/plans \
                --ignore=tests/kirishima_dx/spreadsheets/test_workbook_guard.py \
                --ignore=tests/kirishima_dx/test_environment.py --ignore=tests/kirishima_dx/test_guards.py \
                --ignore=tests/plans/test_served_plan.py' \
            - "$base" "$folder" >"$log" 2>&1
        case $? in
            0) printf 'Python %s: %s\n' "$version" "$(tail -n 1 "$log")" ;;
            124) printf 'Python %s: 時間内に終わらなかったため省きました\n' "$version" ;;
            *) cat "$log"; printf 'Python %s: 失敗しました\n' "$version"; failed=1 ;;
        esac
        rm -f "$log"
        break
    done
done
exit $failed
