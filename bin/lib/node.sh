# What comes from npm, pinned, in folders of its own: prettier with its XML plugin, and axe, which finds what people with a
# screen reader or a keyboard stumble over. Run by the node that comes with the Python packages.

PRETTIER_PACKAGES="prettier@3.10.1 @prettier/plugin-xml@3.4.2"
AXE_PACKAGES="axe-core@4.14.1"

# Sets PRETTIER, the folder that has it.
prepare_prettier() {
    PRETTIER="$CACHE/prettier-$(echo "$PRETTIER_PACKAGES" | digest)"
    # shellcheck disable=SC2086  # a list of package names
    [ -d "$PRETTIER" ] || with_lock make_packages_of_node "$PRETTIER" $PRETTIER_PACKAGES
}

# Exports AXE, the file that a page loads.
prepare_axe() {
    local folder
    folder="$CACHE/axe-$(echo "$AXE_PACKAGES" | digest)"
    # shellcheck disable=SC2086  # a list of package names
    [ -d "$folder" ] || with_lock make_packages_of_node "$folder" $AXE_PACKAGES
    export AXE="$folder/node_modules/axe-core/axe.min.js"
}

# make_packages_of_node FOLDER PACKAGE...
make_packages_of_node() {
    local folder=$1 work="$CACHE/tmp.node.$$" log="$CACHE/npm.log"
    shift
    [ ! -d "$folder" ] || return 0
    rm -rf "$CACHE"/tmp.node.*
    mkdir -p "$work"
    say "installing $* ..."
    PATH="$VENV/bin:$PATH" npm install --prefix "$work" --no-audit --no-fund --no-save --ignore-scripts "$@" \
        >"$log" 2>&1 || { rm -rf "$work"; tail -n 5 "$log" >&2; die "npm could not install $* (see $log)" "check the network and npm's proxy"; }
    mv "$work" "$folder"
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
