#!/bin/sh
# Print the path of a Chromium for the journeys, installing Debian's (and a Japanese font) if missing.
# The real binary, not Debian's wrapper script, which reads settings of the person's own.
here=$(dirname "$0")

find_browser() {
    for path in "${CHROMIUM:-}" /usr/lib/chromium/chromium /usr/lib/chromium-browser/chromium-browser \
        /opt/google/chrome/chrome /usr/lib64/chromium-browser/chromium-browser \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -n "$path" ] && [ -x "$path" ] && "$path" --version >/dev/null 2>&1; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

has_japanese_font() {
    if command -v fc-list >/dev/null 2>&1; then
        [ -n "$(fc-list :lang=ja family 2>/dev/null)" ]
    else
        [ "$(uname)" = Darwin ]
    fi
}

# Playwright's driver links to it, and a bare Debian comes without.
has_libatomic() {
    [ "$(uname)" != Linux ] || /sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1'
}

find_browser >/dev/null || "$here/apt_install.sh" chromium
has_libatomic || "$here/apt_install.sh" libatomic1
has_japanese_font || "$here/apt_install.sh" fonts-noto-cjk fontconfig
has_japanese_font || echo "日本語の字体がありません（Debian: fonts-noto-cjk）。文字の幅が実際と変わります。" >&2
find_browser && exit 0
echo "Chromium が見つからず、入れることもできません（Debian: apt-get install chromium fonts-noto-cjk）。" >&2
exit 1
