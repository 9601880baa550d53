# The development configuration, the template database and what the commands do with databases.

# Installed in the template besides all that our own addons name as dependencies: the Belgian books,
# electronic invoices, the companions that an accountant works with, and a provider of payments for trying them.
TEMPLATE_MODULES="account contacts portal l10n_be account_peppol account_edi_ubl_cii account_reconcile_oca
account_statement_import_camt account_banking_sepa_credit_transfer account_financial_report l10n_be_mis_reports
payment_demo"
TEMPLATE_LANGUAGES=nl_BE,fr_BE

CONFIG="$CACHE/odoo-$(printf '%s' "$ROOT" | digest).conf"
DATA_DIR="$CACHE/data"
WORK_DIR="$CACHE/empty"

config_text() {
    cat <<CONF
[options]
addons_path = $ROOT/addons,$CORE_ADDONS,$SITE/odoo/addons
data_dir = $DATA_DIR
db_host = $PG_SOCKET
db_port = 5432
db_user = odoo
db_maxconn = 80
http_interface = 127.0.0.1
max_cron_threads = 1
CONF
}

config_is_ready() { [ -d "$DATA_DIR" ] && [ -d "$WORK_DIR" ] && [ "$(config_text)" = "$(cat "$CONFIG" 2>/dev/null || true)" ]; }

make_config() {
    mkdir -p "$DATA_DIR" "$WORK_DIR" "$ROOT/addons"
    config_text >"$CONFIG.$$"
    mv "$CONFIG.$$" "$CONFIG"
}

# Odoo, from a clean folder: the current one is on Python's path, and a stray file there could take a module's name.
odoo() { (cd "$WORK_DIR" && exec "$VENV/bin/python" -m odoo "$@"); }

sql() { "$PG_BIN/psql" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$1" --command="$2"; }

has_database() { [ "$(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

own_addons() {
    local manifest
    for manifest in "$ROOT"/addons/*/__manifest__.py; do
        [ -f "$manifest" ] && basename "$(dirname "$manifest")"
    done
    return 0
}

# A comma separated list of the words that come on standard input.
commas() { tr -s ' \n' ',' | sed 's/^,//; s/,$//'; }

template_modules() { { echo "$TEMPLATE_MODULES"; "$VENV/bin/python" "$LIB/modules.py" dependencies; } | tr -s ' ' '\n' | sort -u | commas; }

prepare_template() {
    prepare
    TEMPLATE_LIST=$(template_modules)
    TEMPLATE="template_$({ echo "$CORE_KEY $TEMPLATE_LIST $TEMPLATE_LANGUAGES"; cat "$ROOT/requirements.txt"; } | digest)"
    template_is_ready || with_lock make_template
}

template_is_ready() { has_database "$TEMPLATE" && has_database "${TEMPLATE}_bare"; }

make_template() {
    ! template_is_ready || return 0
    local work="${TEMPLATE}_new" log="$CACHE/$TEMPLATE.log"
    say "making the template database (about two minutes) ..."
    drop_database "$work"
    {
        odoo db init "$work" --country BE 9>&- &&
            keep_bare "$work" &&
            odoo --database="$work" --init="$TEMPLATE_LIST" --load-language="$TEMPLATE_LANGUAGES" --no-http --stop-after-init 9>&-
    } >"$log" 2>&1 || { tail -n 20 "$log" >&2; die "the template database could not be made (see $log)"; }
    drop_database "$TEMPLATE"
    [ ! -d "$DATA_DIR/filestore/$work" ] || mv "$DATA_DIR/filestore/$work" "$DATA_DIR/filestore/$TEMPLATE"
    sql postgres "ALTER DATABASE \"$work\" RENAME TO \"$TEMPLATE\""
}

# What `odoo db init` made is kept beside the template: bin/test installs each addon alone in a copy of it.
keep_bare() {
    drop_database "${TEMPLATE}_bare"
    "$PG_BIN/createdb" --template="$1" "${TEMPLATE}_bare"
    copy_files "$1" "${TEMPLATE}_bare"
}

copy_files() {
    mkdir -p "$DATA_DIR/filestore"
    rm -rf "$DATA_DIR/filestore/$2"
    [ ! -d "$DATA_DIR/filestore/$1" ] || cp -a "$DATA_DIR/filestore/$1" "$DATA_DIR/filestore/$2"
}

drop_database() {
    sql postgres "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "${DATA_DIR:?}/filestore/$1"
}

# A new database NAME from the template (or from another one), with an identity of its own.
create_database() {
    local source=${2:-$TEMPLATE}
    "$PG_BIN/createdb" --template="$source" "$1"
    copy_files "$source" "$1"
    sql "$1" "UPDATE ir_config_parameter SET value = gen_random_uuid() WHERE key = 'database.uuid'"
}

# Install addons of ours (space separated) in a database with their demo data. Odoo loads demo data only where all
# dependencies have theirs; the stock addons have none here, so they say that they have while ours are installed.
install_with_demo() {
    local database=$1 list
    list=$(echo "$2" | commas)
    [ -n "$list" ] || return 0
    sql "$database" "UPDATE ir_module_module SET demo = true WHERE state = 'installed'"
    odoo --database="$database" --init="$list" --no-http --stop-after-init || return
    sql "$database" "UPDATE ir_module_module SET demo = false WHERE NOT (name = ANY(string_to_array('$(own_addons | commas)', ',')))"
}

# Update addons of ours (space separated) in a database, and install those that it lacks.
update_with_demo() {
    local database=$1 names=$2 installed name present="" missing="" foreign=""
    installed=" $(sql "$database" "SELECT string_agg(name, ' ') FROM ir_module_module WHERE state = 'installed'") "
    for name in $names; do
        if [[ $installed == *" $name "* ]]; then present+=" $name"; else missing+=" $name"; fi
    done
    # New dependencies first and by themselves: their own demo data is not wanted.
    for name in $("$VENV/bin/python" "$LIB/modules.py" dependencies); do
        [[ $installed == *" $name "* ]] || foreign+=" $name"
    done
    [ -z "$foreign" ] || odoo --database="$database" --init="$(echo "$foreign" | commas)" --no-http --stop-after-init || return
    [ -z "$present" ] || odoo --database="$database" --update="$(echo "$present" | commas)" --no-http --stop-after-init || return
    install_with_demo "$database" "$missing"
}

# Print what nobody expects in a log; fails when there is something.
check_log() { "$VENV/bin/python" "$LIB/logcheck.py" "$@" >&2; }

# Stop because an installation failed: fail_with LOG ADVICE.
fail_with() {
    if check_log "$1"; then tail -n 20 "$1" >&2; fi
    die "the addons could not be installed (see $1)" "$2"
}

# The content of addons/ that a database was made with is written in the database itself.
content_hash() { "$VENV/bin/python" "$LIB/modules.py" hash; }  # of all addons, their tests apart

remember_content() {
    sql "$1" "INSERT INTO ir_config_parameter (key, value) VALUES ('shared_enterprise.addons_hash', '${2:-$(content_hash)}')
              ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value"
}

remembered_content() {
    ! has_database "$1" || sql "$1" "SELECT value FROM ir_config_parameter WHERE key = 'shared_enterprise.addons_hash'" 2>/dev/null || true
}
