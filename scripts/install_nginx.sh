#!/bin/sh
# Print the path of nginx for the tests of deploy/nginx/, installing Debian's if missing. Its service is not started.
here=$(dirname "$0")

find_nginx() {
    for path in "${NGINX:-}" /usr/sbin/nginx "$(command -v nginx)" /usr/local/bin/nginx; do
        if [ -n "$path" ] && [ -x "$path" ] && "$path" -V 2>&1 | grep -q http_ssl_module; then
            printf '%s\n' "$path"
            return 0
        fi
    done
    return 1
}

# Debian would start it on port 80; in this runlevel it does not.
find_nginx >/dev/null || RUNLEVEL=1 "$here/apt_install.sh" nginx
find_nginx && exit 0
echo "nginx が見つからず、入れることもできません（Debian: apt-get install nginx）。" >&2
exit 1
