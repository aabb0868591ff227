# The unpacked extension and its zip.

DIST=${DIST:-dist}

# Cargo for the wasm target. Debian's compiler must not mix its files with rustup's.
wasm_cargo() {
  RUSTUP_TOOLCHAIN=$WASM_RUST CARGO_TARGET_DIR=$(wasm_target_dir) CARGO_BUILD_TARGET=$WASM_TARGET cargo "$@"
}

wasm_target_dir() {
  local base=${CARGO_TARGET_DIR:-target}
  [ "$WASM_RUST" = debian-wasm ] && base=$base/debian
  printf '%s' "$base"
}

bundle() {
  local deployment=${PUNCHOUT_DEPLOYMENT:-deployments/cloud.json}
  bundle_wasm
  bundle_extension "$deployment" "$DIST"
}

bundle_wasm() {
  say "the core, as wasm"
  # As cdylib alone: as rlib too, everything public would have to stay callable by other crates.
  local built
  if [ "$WASM_STD" = small ]; then
    small_cargo rustc --release --locked --lib --crate-type cdylib
    built=$(wasm_target_dir)/small
  else
    wasm_cargo rustc --release --locked --lib --crate-type cdylib
    built=$(wasm_target_dir)
  fi
  WASM_OUT=$(wasm_target_dir)/bindgen
  wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-name punchout --out-dir "$WASM_OUT" \
    "$built/$WASM_TARGET/release/punchout.wasm"
  node scripts/wasm_order.mjs "$WASM_OUT/punchout_bg.wasm" "$WASM_OUT/punchout_bg.wasm"
  wasm_sizes
}

wasm_sizes() {
  local wasm=$WASM_OUT/punchout_bg.wasm
  WASM_GZIP=$(gzip -9 -c "$wasm" | wc -c)
  note "wasm: $(wc -c <"$wasm") bytes, $WASM_GZIP bytes with gzip (limit $WASM_GZIP_LIMIT)"
}

# bundle_extension DEPLOYMENT FOLDER
bundle_extension() {
  say "the extension in $2/, for $1"
  rm -rf "$2"
  mkdir -p "$2/wasm"
  cp -r extension/. "$2/"
  rm -f "$2/icons/icon.svg" "$2/icons/"*.mjs
  cp "$WASM_OUT/punchout.js" "$WASM_OUT/punchout_bg.wasm" "$2/wasm/"
  bundle_vendor "$2/vendor"
  cp "$1" "$2/deployment.json"
  cp LICENSE-MIT LICENSE-APACHE "$2/"
  # The settings page shows both.
  cp SECURITY.md "$2/security.txt"
  licences >"$2/licences.txt"
  cargo run --quiet --locked --package selectors-cli -- catalog --out "$2/catalog.json"
  node scripts/manifest.mjs manifest.json "$1" >"$2/manifest.json"
}

# Whose work is inside, and under which terms: the crates of the wasm, the modules of the pages.
licences() {
  printf 'Punchout is under the MIT licence or the Apache licence 2.0, as you like.\n\nThe core is built of these crates:\n\n'
  cargo tree --quiet --locked --package punchout --target "$WASM_TARGET" --edges normal --prefix none --format '{p}: {l}' \
    | sed -e 's/ (proc-macro)//' -e 's/ ([^)]*)//' -e 's/ (\*)$//' | grep -v '^punchout ' | LC_ALL=C sort -u
  printf '\nThe workshop page has smol-toml:\n\n'
  cat scripts/vendor/node_modules/smol-toml/LICENSE
}

# Other people's modules, as their packages have them: no bundler. `scripts/vendor` pins them.
bundle_vendor() {
  local from=scripts/vendor/node_modules/smol-toml
  mkdir -p "$1/smol-toml"
  cp "$from/dist/"*.js "$from/LICENSE" "$1/smol-toml/"
}

package() {
  local zip
  zip=$PWD/target/punchout-$(node -p 'JSON.parse(fs.readFileSync("manifest.json")).version').zip
  say "the store's zip"
  has zip || debian_install zip
  mkdir -p target
  rm -f "$zip"
  # Same files, same bytes: sorted names, fixed times, no extra fields.
  find "$DIST" -exec touch -d 2020-01-01T00:00:00Z {} +
  (cd "$DIST" && find . -type f | LC_ALL=C sort | zip -q -X "$zip" -@)
  note "$zip"
}
