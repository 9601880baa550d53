# What the machine itself must have: found on the machine, else installed (root with apt) or asked for.

SYSTEM_PACKAGES_HINT="an interpreter of Python 3.11, 3.12 or 3.13 with venv, initdb (PostgreSQL 13 or newer) on PATH, chromium, wkhtmltopdf, and ODOO_HOME"

# Sets PYTHON, PG_BIN; installs what is missing when that is allowed.
find_tools() {
    local missing
    missing=$(missing_packages)
    [ -z "$missing" ] || install_packages "$missing"
    PYTHON=$(find_python)
    PG_BIN=$(find_postgres)
}

missing_packages() {
    local packages=()
    [ -n "$(find_python)" ] || packages+=(python3-venv)
    [ -n "$(find_postgres)" ] || packages+=(postgresql)
    has_any chromium chromium-browser google-chrome google-chrome-stable || packages+=(chromium fonts-liberation)
    has_any wkhtmltopdf || packages+=(wkhtmltopdf)
    printf '%s' "${packages[*]}"
}

has_any() {
    local name
    for name in "$@"; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

# The first interpreter that Odoo 19 has pins for and that can make a virtual environment.
find_python() {
    local candidate
    for candidate in ${PYTHON:-/usr/bin/python3 python3 python3.13 python3.12 python3.11}; do
        candidate=$(command -v "$candidate") || continue
        "$candidate" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
            2>/dev/null && { printf '%s' "$candidate"; return; }
    done
    return 0
}

# The folder of initdb and pg_ctl: the newest that Debian installed, else the one on PATH.
find_postgres() {
    local folder
    folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    if [ -x "$folder/initdb" ]; then
        printf '%s' "$folder"
    elif command -v initdb >/dev/null; then
        dirname "$(readlink -f "$(command -v initdb)")"
    fi
}

install_packages() {
    local packages=$1
    command -v apt-get >/dev/null || die "this machine lacks: $packages" "it has no apt, so please provide $SYSTEM_PACKAGES_HINT"
    is_root || die "some packages are missing; please run this line, then start again:" \
        "sudo apt-get install --no-install-recommends $packages"
    say "installing with apt: $packages"
    with_lock apt_install "$packages"
    [ -z "$(missing_packages)" ] || die "still missing after the installation: $(missing_packages)"
}

# An installed `postgresql` would start a server of its own, which nothing here uses: a policy forbids it.
apt_install() {
    local log="$CACHE/apt.log" policy=/usr/sbin/policy-rc.d made_policy=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod +x "$policy"
        made_policy=1
    fi
    ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1 || apt-get update -qq >"$log" 2>&1 || true
    # shellcheck disable=SC2086  # a list of package names
    apt_quietly $1 >>"$log" 2>&1 || { apt-get update -qq >>"$log" 2>&1 || true; apt_quietly $1 >>"$log" 2>&1; } || {
        [ -z "$made_policy" ] || rm -f "$policy"
        tail -n 5 "$log" >&2
        die "apt could not install: $1" "see $log; is the network or the proxy of apt set up?"
    }
    [ -z "$made_policy" ] || rm -f "$policy"
}

apt_quietly() { DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" 9>&-; }
