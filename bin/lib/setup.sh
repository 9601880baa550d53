# The set-up that every command shares: sourced, never run by itself.
#
#   source bin/lib/setup.sh     # defines what follows, does nothing yet
#   prepare                     # Odoo, Python and PostgreSQL are there and running afterwards
#   prepare_template            # ... and the template database too
#
# Each step is skipped when what it makes is there already, is made under a temporary name and then moved, and
# holds one lock, so that two commands at once do not disturb each other.
#
# Read from the environment: ODOO_HOME (an Odoo 19 of one's own), PYTHON (the interpreter), XDG_CACHE_HOME.

set -euo pipefail

LIB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
ROOT=$(cd "$LIB/../.." && pwd -P)
: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
export HOME
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/shared-enterprise"

say() { printf '%s\n' "$*" >&2; }
die() { printf 'error: %s\n' "$1" >&2; shift; for line in "$@"; do printf '       %s\n' "$line" >&2; done; exit 1; }
is_root() { [ "$(id -u)" -eq 0 ]; }

# A short hash of what comes on standard input.
digest() { sha256sum | cut -c1-12; }

# Run a command while holding the lock of the cache. Children that outlive it must close descriptor 9.
with_lock() {
    mkdir -p "$CACHE" || die "the cache folder $CACHE cannot be made" "set XDG_CACHE_HOME to a folder that you may write"
    (
        flock -n 9 || { say "waiting for another set-up to finish ($CACHE/lock)"; flock 9; }
        "$@"
    ) 9>"$CACHE/lock"
}

source "$LIB/system.sh"
source "$LIB/core.sh"
source "$LIB/python.sh"
source "$LIB/postgres.sh"
source "$LIB/database.sh"

prepare() {
    find_tools
    locate_core
    locate_python
    locate_postgres
    if ! { core_is_ready && python_is_ready && postgres_is_running && config_is_ready; }; then
        with_lock make_ready
        locate_core  # its key, and with it the name of the virtual environment, is known only now
        locate_python
    fi
    export PGHOST="$PG_SOCKET" PGPORT=5432 PGUSER=odoo ODOO_RC="$CONFIG"
    unset PGPASSWORD PGDATABASE PGSERVICE PGSSLMODE
}

make_ready() {
    core_is_ready || make_core
    python_is_ready || make_python
    postgres_is_running || start_postgres
    config_is_ready || make_config
}
