# Installs what is missing. Each function looks first, and does nothing where nothing is to be done.

setup_build() {
  setup_rust
  setup_wasm_target
  setup_wasm_bindgen
  setup_node
  node_packages scripts/vendor "Node packages that the extension carries"
}

setup_all() {
  setup_build
  setup_wasm_pack
  setup_chromium
  setup_node_packages
  setup_postgres
  setup_schemathesis
  setup_cxml_dtds
}

setup_rust() {
  has rustup || fail "Rust is missing. Install rustup (https://rustup.rs), then run this again."
  has cc || debian_install gcc libc6-dev
  local installed
  installed=$(rustup toolchain list)
  if grep -q "^$RUST_VERSION-" <<<"$installed"; then
    export RUSTUP_TOOLCHAIN=$RUST_VERSION
  elif [ "$(rustc --version | cut -d' ' -f2)" = "$RUST_VERSION" ]; then
    RUSTUP_TOOLCHAIN=$(rustup show active-toolchain | cut -d' ' -f1)
    export RUSTUP_TOOLCHAIN
  else
    say "Rust $RUST_VERSION"
    rustup toolchain install "$RUST_VERSION" --profile minimal --component clippy,rustfmt \
      || fail "Rust $RUST_VERSION is needed and rustup cannot download it here."
    export RUSTUP_TOOLCHAIN=$RUST_VERSION
  fi
  local component
  for component in clippy rustfmt; do
    "cargo-${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component"
  done
}

setup_wasm_bindgen() {
  has_version wasm-bindgen "$WASM_BINDGEN_VERSION" && has_version wasm-bindgen-test-runner "$WASM_BINDGEN_VERSION" \
    || install_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
  export PATH="$TOOLS/bin:$PATH"
}

setup_wasm_pack() {
  has_version wasm-pack "$WASM_PACK_VERSION" || install_tool wasm-pack "$WASM_PACK_VERSION"
}

has_version() {
  [ "$("$TOOLS/bin/$1" --version 2>/dev/null | awk '{print $2}')" = "$2" ]
}

# Without optimisation: it halves the time, and the tools work on small files.
install_tool() {
  say "$1 $2 (some minutes, once for this machine)"
  cargo install --quiet --debug --locked --root "$TOOLS" "$1" --version "$2" && return
  note "its own lock file asks for crates that are not to be had; installing with the newest that fit"
  cargo install --quiet --debug --root "$TOOLS" "$1" --version "$2" || fail "$1 $2 cannot be installed."
}

setup_node() {
  has node || fail "Node.js is missing: install version $NODE_MAJOR or newer."
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge "$NODE_MAJOR" ] || fail "Node.js $(node --version) is too old: version $NODE_MAJOR or newer is needed."
}

setup_node_packages() {
  node_packages tests/e2e "Node packages of the end-to-end tests"
  node_packages tests/odata "An OData server that nobody here wrote"
  node_packages tests/export "Readers of exported carts that nobody here wrote"
}

# node_packages FOLDER WHAT
node_packages() {
  local lock=$1/package-lock.json stamp=$1/node_modules/.installed-from
  cmp -s "$lock" "$stamp" && return
  say "$2"
  (cd "$1" && npm ci --no-audit --no-fund --ignore-scripts)
  cp "$lock" "$stamp"
}

setup_chromium() {
  CHROMIUM=${CHROMIUM:-$(first_of chromium chromium-browser google-chrome-stable google-chrome)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(first_of chromedriver)}
  if [ -z "$CHROMIUM" ] || [ -z "$CHROMEDRIVER" ]; then
    has apt-get || fail "Chromium and ChromeDriver are missing. Install both, or name them: CHROMIUM=… CHROMEDRIVER=…"
    debian_install chromium chromium-driver
    CHROMIUM=$(first_of chromium) CHROMEDRIVER=$(first_of chromedriver)
  fi
  export CHROMIUM CHROMEDRIVER
}

# The tests start a server of their own, so Debian's need not run.
setup_postgres() {
  [ -n "${PG_BIN:-}" ] || [ -n "$(compgen -G '/usr/lib/postgresql/*/bin/initdb')" ] || has initdb && return
  has apt-get || fail "PostgreSQL is missing. Install it, or name the folder of initdb: PG_BIN=…"
  debian_install postgresql
}

# Holds the running credit service against its description.
setup_schemathesis() {
  local pins=crates/credit-service/tests/requirements.txt folder=${CARGO_TARGET_DIR:-$PWD/target}/schemathesis
  export SCHEMATHESIS=$folder/bin/schemathesis
  cmp -s "$pins" "$folder/.installed-from" && return
  say "schemathesis"
  has python3 || fail "Python 3 is missing: install it with its module venv."
  rm -rf "$folder"
  python3 -m venv "$folder" || { debian_install python3-venv; python3 -m venv "$folder"; }
  "$folder/bin/pip" install --quiet --no-deps --requirement "$pins" || fail "schemathesis cannot be installed by pip."
  cp "$pins" "$folder/.installed-from"
}

# Held against by tests/export. They are not ours to pass on, so they are fetched; where that fails the test says that it
# was left out.
setup_cxml_dtds() {
  export PUNCHOUT_CXML_DTDS=$TOOLS/cxml
  local version sum file
  mkdir -p "$PUNCHOUT_CXML_DTDS"
  while read -r version sum; do
    file=$PUNCHOUT_CXML_DTDS/$version.dtd
    has_sum "$file" "$sum" && continue
    say "DTD of cXML $version"
    curl --silent --show-error --fail --location --max-time 60 --output "$file" "$CXML_DTDS_FROM/$version/cXML.dtd" \
      || note "it cannot be had here: exported messages are not held against it"
    if [ -f "$file" ] && ! has_sum "$file" "$sum"; then
      rm "$file"
      fail "the DTD of cXML $version that was fetched is not the one that is pinned."
    fi
  done <<<"$CXML_DTDS"
}

# has_sum FILE SHA-256
has_sum() {
  [ -f "$1" ] && [ "$(sha256sum "$1" | cut -d' ' -f1)" = "$2" ]
}

first_of() {
  local name
  for name in "$@"; do
    command -v "$name" && return
  done
  true
}

debian_install() {
  say "Debian packages: $*"
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    has sudo || fail "these Debian packages are missing and need an administrator: $*"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
    || fail "these Debian packages cannot be installed: $*"
}
