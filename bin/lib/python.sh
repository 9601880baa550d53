# The virtual environment: Odoo's own pins, the OCA addons, the tools of the tests and of the lint.

# Sets VENV and the paths in it. Its name is a hash of all that goes into it.
locate_python() {
    VENV="$CACHE/venv-$({ "$PYTHON" -VV; cat "$ROOT/requirements.txt" "$ROOT/requirements-dev.txt"; echo "$CORE_KEY"; } | digest)"
    SITE="$VENV/lib/python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')/site-packages"
}

python_is_ready() { [ -f "$VENV/complete" ]; }

make_python() {
    locate_core  # a core that was just unpacked has its key now
    locate_python
    python_is_ready && return
    local log="$CACHE/pip.log" work="$VENV.constraints"
    say "installing the Python packages ..."
    rm -rf "$VENV"
    "$PYTHON" -m venv "$VENV" >"$log" 2>&1 || die "no virtual environment could be made with $PYTHON" "see $log"
    # Odoo is on the path from here on.
    printf '%s\n' "$CORE" >"$SITE/odoo-core.pth"
    # The addons name `odoo` as a requirement, which a source checkout does not show to pip, and no index has it:
    # all that they need is pinned, so they are installed without looking for more.
    grep -v '^odoo-addon-' "$ROOT/requirements.txt" >"$work"
    pip_install -r "$work" -r "$ROOT/requirements-dev.txt"
    pip_install --no-deps -r <(grep '^odoo-addon-' "$ROOT/requirements.txt")
    rm -f "$work"
    touch "$VENV/complete"
}

pip_install() {
    "$VENV/bin/pip" --disable-pip-version-check --no-input install --quiet "$@" >>"$CACHE/pip.log" 2>&1 && return
    grep -iE 'error|timed out|proxy' "$CACHE/pip.log" | tail -n 5 >&2
    rm -rf "$VENV" "$VENV.constraints"
    die "pip could not install the Python packages (see $CACHE/pip.log)" \
        "check the network, pip's index and its proxy, then start again"
}
