#!/bin/sh
# Print the path of LibreOffice for the workbook tests, installing it and poppler-utils if missing.
here=$(dirname "$0")

find_office() {
    for path in "${SOFFICE:-}" "$(command -v soffice)" /usr/lib/libreoffice/program/soffice \
        /Applications/LibreOffice.app/Contents/MacOS/soffice; do
        if [ -n "$path" ] && [ -x "$path" ]; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

# soffice alone may be Writer: without Calc it cannot open a workbook.
can_calculate() {
    office=$(find_office) || return 1
    folder=$(dirname "$(readlink -f "$office" 2>/dev/null || echo "$office")")
    ls "$folder"/libsclo.so "$folder"/../Frameworks/libsclo.dylib 2>/dev/null | grep -q . &&
        command -v pdftoppm >/dev/null 2>&1
}

can_calculate || "$here/apt_install.sh" libreoffice-calc poppler-utils
can_calculate && find_office && exit 0
echo "LibreOffice（Calc）か poppler-utils が見つからず、入れることもできません（Debian: apt-get install libreoffice-calc poppler-utils）。" >&2
exit 1
