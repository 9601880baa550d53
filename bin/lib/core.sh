# Odoo 19 itself: ODOO_HOME when that is set, else the package of Debian unstable, unpacked and not installed
# (its dependencies would pull half of unstable). See docs/decisions/0001-odoo-from-debian.md.

# package, version and sha256 that were tested together; another 19.0* is taken with a warning.
CORE_PINS="odoo-19 19.0.0+dfsg-1 9d2f598b0555db17e291d48ed24df184c70823c053c4c5ed53c467ca7f629bbf
libjs-jquery 3.7.1+dfsg+~3.5.33-1 -
libjs-jquery-form 12-4 -
libjs-underscore 1.13.8~dfsg+~1.13.0-1 -"
# Odoo's pages use Font Awesome 4.7, which unstable no longer has; these fonts are unpacked beside it.
FONT_SUITE=trixie
FONT_PACKAGES="fonts-font-awesome fonts-roboto-unhinted fonts-montserrat fonts-inconsolata fonts-ocr-b"
DIST=usr/lib/python3/dist-packages

# Sets CORE (the folder that holds the package `odoo`), CORE_ADDONS (comma separated) and CORE_KEY (its version).
locate_core() {
    if [ -n "${ODOO_HOME:-}" ]; then
        use_own_core
    else
        CORE_TREE="$CACHE/odoo-$(printf '%s' "$CORE_PINS $FONT_PACKAGES" | digest)"
        CORE="$CORE_TREE/$DIST"
        CORE_ADDONS="$CORE/odoo/addons"
    fi
    CORE_KEY="$CORE $({ cat "$CORE/odoo/release.py" 2>/dev/null || true; } | digest)"
}

use_own_core() {
    CORE_TREE=
    CORE=$(cd "$ODOO_HOME" 2>/dev/null && pwd -P) || die "ODOO_HOME is not a folder: $ODOO_HOME"
    [ -d "$CORE/$DIST/odoo" ] && CORE="$CORE/$DIST"
    [ -f "$CORE/odoo/release.py" ] || die "no Odoo found in ODOO_HOME=$ODOO_HOME" \
        "it must be a source checkout of Odoo 19.0 or an unpacked package"
    grep -q 'version_info = (19, 0' "$CORE/odoo/release.py" || die "ODOO_HOME=$ODOO_HOME is not Odoo 19.0"
    CORE_ADDONS="$CORE/odoo/addons"
    [ ! -d "$CORE/addons/web" ] || CORE_ADDONS="$CORE_ADDONS,$CORE/addons"
}

core_is_ready() { [ -n "${ODOO_HOME:-}" ] || [ -d "$CORE/odoo" ]; }

make_core() {
    has_any apt-get || die "this machine has no apt to fetch Odoo with" \
        "set ODOO_HOME to a source checkout of Odoo 19.0 or to an unpacked package"
    local work="$CACHE/tmp.core.$$"
    rm -rf "$CACHE"/tmp.core.*
    mkdir -p "$work"/{lists/partial,cache/archives/partial,deb,tree}
    say "fetching Odoo 19 (about 125 MB) ..."
    (cd "$work/deb" && fetch_core "$work") || { rm -rf "$work"; exit 1; }
    say "unpacking Odoo 19 (1.2 GB) ..."
    local deb
    for deb in "$work"/deb/*.deb; do
        dpkg -x "$deb" "$work/tree" || { rm -rf "$work"; die "$deb could not be unpacked: is the disk full?"; }
    done
    complete_core "$work/tree/$DIST/odoo/addons"
    mv "$work/tree" "$CORE_TREE"
    rm -rf "$work"
}

fetch_core() {
    local work=$1 package version sum
    refresh_lists "$work" || core_unreachable "Debian's package lists could not be fetched"
    while read -r package version sum; do
        fetch_pinned "$work" "$package" "$version" "$sum"
    done <<<"$CORE_PINS"
    # shellcheck disable=SC2086  # a list of package names
    private_apt "$work" download -qq $(printf "%s/$FONT_SUITE " $FONT_PACKAGES) || core_unreachable "the fonts could not be fetched"
}

# The mirror is the machine's own, with the suite changed: no host is written here, a local mirror is honoured.
refresh_lists() {
    local work=$1 mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    for mirror in $(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Component: main' | grep -v security | sort -u); do
        printf "deb [signed-by=$keyring] $mirror %s main\n" unstable "$FONT_SUITE" >"$work/sources.list"
        private_apt "$work" update -qq -o APT::Update::Error-Mode=any 2>"$work/errors" && return 0
    done
    [ ! -s "$work/errors" ] || cat "$work/errors" >&2
    return 1
}

private_apt() {
    local work=$1
    shift
    apt-get -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State="$work" \
        -o Dir::State::lists="$work/lists" -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$work/cache" \
        -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2 "$@"
}

fetch_pinned() {
    local work=$1 package=$2 version=$3 sum=$4 file
    if ! private_apt "$work" download -qq "$package=$version" 2>"$work/errors"; then
        say "warning: $package $version, which this project was tested with, is not on the mirror; taking the newest"
        private_apt "$work" download -qq "$package/unstable" || core_unreachable "$package could not be fetched"
        sum=-
    fi
    file=$(echo "$package"_*.deb)
    if [ "$package" = odoo-19 ] && [[ $file != odoo-19_19.0* ]]; then
        core_unreachable "the mirror has no Odoo 19.0 any more ($file)"
    fi
    [ "$sum" = - ] || echo "$sum  $file" | sha256sum -c --quiet - || core_unreachable "$file is damaged"
}

core_unreachable() {
    die "$1" "check the network and apt's mirror or proxy, then start again," \
        "or set ODOO_HOME to a source checkout of Odoo 19.0 or an unpacked package"
}

# The Debian package lacks a file that every page of the back office asks for; an empty one is enough.
complete_core() {
    mkdir -p "$1/mail/static/lib/selfie_segmentation"
    : >"$1/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
}
