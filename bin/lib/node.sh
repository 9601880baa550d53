# prettier with its XML plugin, run by the node that comes with the Python packages.

PRETTIER_PACKAGES="prettier@3.10.1 @prettier/plugin-xml@3.4.2"

# Sets PRETTIER, the folder that has it.
prepare_prettier() {
    PRETTIER="$CACHE/prettier-$(echo "$PRETTIER_PACKAGES" | digest)"
    [ -d "$PRETTIER" ] || with_lock make_prettier
}

make_prettier() {
    [ ! -d "$PRETTIER" ] || return 0
    local work="$CACHE/tmp.prettier.$$" log="$CACHE/npm.log"
    rm -rf "$CACHE"/tmp.prettier.*
    mkdir -p "$work"
    say "installing prettier ..."
    # shellcheck disable=SC2086  # a list of package names
    PATH="$VENV/bin:$PATH" npm install --prefix "$work" --no-audit --no-fund --no-save --ignore-scripts $PRETTIER_PACKAGES \
        >"$log" 2>&1 || { rm -rf "$work"; tail -n 5 "$log" >&2; die "npm could not install prettier (see $log)" "check the network and npm's proxy"; }
    mv "$work" "$PRETTIER"
}

# prettier OPTIONS... on the addons and the tests: what a person wrote, not what was exported or drawn.
prettier() {
    local files=()
    mapfile -t files < <(find "$ROOT/addons" "$ROOT/tests" -type f \( -name '*.xml' -o -name '*.js' -o -name '*.css' -o -name '*.scss' \) \
        -not -path '*/static/lib/*' -not -path '*/node_modules/*' 2>/dev/null | sort)
    [ "${#files[@]}" -gt 0 ] || return 0
    "$VENV/bin/node" "$PRETTIER/node_modules/prettier/bin/prettier.cjs" --no-config --no-editorconfig --ignore-path /dev/null \
        --plugin "$PRETTIER/node_modules/@prettier/plugin-xml/src/plugin.js" \
        --print-width 100 --tab-width 4 --xml-whitespace-sensitivity strict "${@:1:$#-1}" "${files[@]}"
}
