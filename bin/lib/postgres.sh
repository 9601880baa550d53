# A PostgreSQL server of the project's own: reached by a Unix socket in a closed folder, by nothing else.

# Sets PG_HOME, PG_DATA, PG_SOCKET and PG_USER (the system user who runs the server).
# PostgreSQL refuses to run as root: there it runs as another user, in a folder which that user can reach.
locate_postgres() {
    local name
    name=$(printf '%s' "$CACHE" | digest)
    PG_HOME="$CACHE/postgresql"
    PG_USER=$(id -un)
    if is_root; then
        PG_HOME="/var/cache/shared-enterprise-$name"
        PG_USER=postgres
        getent passwd postgres >/dev/null || PG_USER=nobody
    fi
    PG_DATA="$PG_HOME/data-$("$PG_BIN/postgres" --version | grep -oE '[0-9]+' | head -n 1)"
    PG_SOCKET="$PG_HOME/run"
    # The path of a socket has at most 107 characters.
    [ "${#PG_SOCKET}" -le 80 ] || PG_SOCKET="/tmp/shared-enterprise-$(id -u)-$name"
}

postgres_is_running() { "$PG_BIN/pg_isready" --quiet --host="$PG_SOCKET" --port=5432; }

# Its process runs, though it may not answer yet.
postgres_is_alive() { as_postgres "$PG_BIN/pg_ctl" status --pgdata="$PG_DATA" >/dev/null; }

as_postgres() {
    # A clean folder and descriptor 9 closed: the server must not keep the caller's folder busy, nor the lock.
    if is_root; then
        (cd / && exec runuser -u "$PG_USER" -- "$@") 9>&-
    else
        (cd / && exec "$@") 9>&-
    fi
}

start_postgres() {
    local group
    group=$(id -gn "$PG_USER")
    install -d -m 0700 -o "$PG_USER" -g "$group" "$PG_HOME" "$PG_SOCKET"
    [ -f "$PG_DATA/PG_VERSION" ] || make_cluster
    tune_postgres
    # pg_ctl starts over the stale process id that a crash or a reboot leaves behind.
    as_postgres "$PG_BIN/pg_ctl" start --silent --wait --timeout=30 --pgdata="$PG_DATA" --log="$PG_HOME/server.log" \
        >/dev/null || wait_for_recovery ||
        { tail -n 5 "$PG_HOME/server.log" >&2; die "PostgreSQL did not start (see $PG_HOME/server.log)"; }
}

# After a crash the server writes every file of every database to the disk before it answers: minutes for many.
wait_for_recovery() {
    local deadline=$((SECONDS + 900))
    ! postgres_is_alive || say "PostgreSQL was not stopped cleanly and recovers: waiting for it (15 minutes at most) ..."
    until postgres_is_running; do
        postgres_is_alive && [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 1
    done
}

make_cluster() {
    say "making the PostgreSQL cluster ..."
    local work="$PG_DATA.tmp"
    rm -rf "$work"
    as_postgres "$PG_BIN/initdb" --pgdata="$work" --username=odoo --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
        >"$CACHE/initdb.log" 2>&1 || { tail -n 5 "$CACHE/initdb.log" >&2; die "initdb failed (see $CACHE/initdb.log)"; }
    mv "$work" "$PG_DATA"
    echo "include_if_exists = 'project.conf'" >>"$PG_DATA/postgresql.conf"
}

# Settings of a machine for development: the last second of work may be lost in a power cut, the data may not.
tune_postgres() {
    cat >"$PG_DATA/project.conf" <<CONF
listen_addresses = ''               # the socket only
port = 5432
unix_socket_directories = '$PG_SOCKET'
unix_socket_permissions = 0700
max_connections = 200               # the tests of races open dozens at once
shared_buffers = 512MB              # the template and a large database stay in memory
effective_cache_size = 4GB
work_mem = 32MB
maintenance_work_mem = 256MB
synchronous_commit = off            # a commit does not wait for the disk: tests are faster, nothing gets inconsistent
max_wal_size = 2GB                  # copies of the template are large: fewer checkpoints
checkpoint_timeout = 15min
random_page_cost = 1.1              # the disks are solid
max_locks_per_transaction = 256     # an installation touches every table in one transaction
jit = off                           # compiling costs more than it gains on Odoo's queries
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = fatal            # Odoo tells of its own errors; expected conflicts would fill the log
CONF
    # Recovery asks the system once to write a whole disk, instead of opening hundreds of thousands of files.
    [ "$(cat "$PG_DATA/PG_VERSION")" -lt 14 ] || [ "$(uname)" != Linux ] ||
        echo "recovery_init_sync_method = syncfs" >>"$PG_DATA/project.conf"
    ! is_root || chown "$PG_USER" "$PG_DATA/project.conf"
}
