#!/usr/bin/env bash
# Odoo's own tests, once on stock Odoo and once with our addons installed: which fail only with ours?
#
# Both databases start bare and have no other OCA addons than those ours depend on: some make tests of Odoo fail.
#
#   tests/odoo_suite.sh                  both runs, then the comparison (about 20 minutes a run on 2 cores)
#   tests/odoo_suite.sh stock|addons     one of the runs
#   tests/odoo_suite.sh compare          the comparison of the last two runs
#
# TAGS names other tests, in the notation of Odoo's --test-tags; PORT is the first of two free ports.
# Logs and lists of failures stay in the cache of the project, in suite/. The comparison fails when a test fails with
# our addons that passes without them, and when the runs did not make the same number of tests.
source "$(dirname "$(readlink -f "$0")")/../bin/lib/setup.sh"

TAGS=${TAGS:-/account,/analytic,/account_edi_ubl_cii,/portal}
PORT=${PORT:-8190}
SUITE="$CACHE/suite"

# What our addons extend, so that both databases have the same stock modules.
STOCK_MODULES=account,account_edi_ubl_cii,account_peppol,analytic,base_vat,contacts,event,l10n_be,portal,project,purchase,purchase_requisition,purchase_stock,spreadsheet_dashboard,survey

# The modules whose tests run.
tested_modules() { echo "$TAGS" | tr ',' '\n' | sed -n 's#^/\([a-z0-9_]*\).*#\1#p' | sort -u | commas; }

run_suite() {
    local which=$1 database="coop_suite_$1" log="$SUITE/$1.log" port=$PORT modules
    modules="$STOCK_MODULES,$(tested_modules)"
    if [ "$which" = addons ]; then
        port=$((PORT + 1))
        modules="$modules,$(own_addons | commas)"
    fi
    rm -f "$SUITE/$which.failures"  # a run that breaks off is not compared
    say "making the database $database ..."
    drop_database "$database"
    create_database "$database" "${TEMPLATE}_bare"
    say "running the tests $TAGS on $database (log: $log) ..."
    # The exit code only says that some test failed; which ones, says the log.
    odoo --database="$database" --init="$modules" --test-tags="$TAGS" --http-port="$port" --stop-after-init \
        >"$log" 2>&1 || true
    grep -q 'tests when loading database' "$log" || { tail -n 20 "$log" >&2; die "the tests on $database did not end (see $log)"; }
    failures "$log" >"$SUITE/$which.failures"
    say "$which: $(summary "$log")"
}

# One line for each test, and each class whose set-up failed; subtests without their parameters.
failures() {
    sed -nE 's/^.* (ERROR|CRITICAL) [^ ]+ odoo\.(addons\.)?([^:]+): (FAIL|ERROR): (Subtest )?(setUpClass \([^)]*\)|[^ ]+).*/\3: \6/p' "$1" |
        sort -u
}

summary() { sed -nE 's/^.*odoo\.tests\.result: (.*tests when loading database).*/\1/p' "$1" | tail -n 1; }

number_of_tests() { summary "$1" | grep -oE 'of [0-9]+' | tr -dc 0-9; }

compare() {
    local only name
    for name in stock addons; do
        [ -f "$SUITE/$name.failures" ] || die "there is no run of $name yet" "start $0 $name"
        printf '%s: %s\n' "$name" "$(summary "$SUITE/$name.log")"
        sed 's/^/    /' "$SUITE/$name.failures"
    done
    only=$(comm -13 "$SUITE/stock.failures" "$SUITE/addons.failures")
    if [ -n "$only" ]; then
        printf 'failing only with our addons:\n%s\n' "$only"
        return 1
    fi
    if [ "$(number_of_tests "$SUITE/stock.log")" != "$(number_of_tests "$SUITE/addons.log")" ]; then
        echo "the runs made different numbers of tests"
        return 1
    fi
    echo "no test fails with our addons that passes without them"
}

case "${1:-all}" in
    stock | addons | all | compare) ;;
    *) sed -n '2,/^source/{/^source/d; s/^# \{0,1\}//; p}' "$0"; exit 2 ;;
esac
[ "${1:-}" = compare ] || prepare_template
mkdir -p "$SUITE"
case "${1:-all}" in
    stock | addons) run_suite "$1" ;;
    all) run_suite stock; run_suite addons; compare ;;
    compare) compare ;;
esac
