# Lints and tests.

check() {
  # Every change is judged from whole builds: what would make the next build quicker only fills the disk.
  export CARGO_INCREMENTAL=0
  say "format"
  cargo fmt --all --check
  say "lints, native"
  cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  say "lints, wasm"
  wasm_cargo clippy --quiet --locked --package punchout --lib -- -D warnings
  wasm_cargo clippy --quiet --locked --package punchout-wasm-tests --tests -- -D warnings
  say "supplier definitions"
  cargo run --quiet --locked --package selectors-cli -- check
  say "AL of the Business Central app"
  cargo run --quiet --locked --package al-check -- check bc-app
  say "size of the wasm"
  check_size
}

check_size() {
  note "$WASM_GZIP of $WASM_GZIP_LIMIT bytes"
  if [ "$WASM_STD" != small ]; then
    note "not held to the limit: the standard library is as shipped"
  elif [ "$WASM_GZIP" -gt "$WASM_GZIP_LIMIT" ]; then
    fail "the wasm has $WASM_GZIP bytes with gzip, the limit is $WASM_GZIP_LIMIT"
  fi
}

test_all() {
  # The same cases each time: what is found by chance is looked for with seeds of one's own, not when a change is judged.
  export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261122}
  say "tests, native (properties from seed $PROPTEST_RNG_SEED)"
  cargo test --quiet --locked --workspace --exclude simulation
  say "tests of the simulation, and a million schedules"
  cargo test --quiet --locked --profile simulation --package simulation
  simulate
  say "the credit service against its description"
  cargo test --quiet --locked --package credit-service --test contract
  say "tests, wasm in headless Chrome"
  test_wasm
  say "tests of the extension's pages"
  node --test tests/extension/*.test.mjs
  say "the client against another OData server"
  test_odata
  say "exported carts against readers and schemas of others"
  test_export
  say "tests, end to end in Chromium"
  test_end_to_end
}

test_wasm() {
  RUSTUP_TOOLCHAIN=$WASM_RUST CARGO_TARGET_DIR=$(cd "$(wasm_target_dir)" && pwd) \
    wasm-pack test --headless --chrome --chromedriver "$CHROMEDRIVER" --mode no-install tests/wasm --locked
}

test_odata() {
  cargo build --quiet --locked --package punchout --example odata-client
  PUNCHOUT_ODATA_CLIENT=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug/examples/odata-client \
    node --test --test-timeout=120000 tests/odata/*.test.mjs
}

test_export() {
  cargo build --quiet --locked --package punchout --example export-client
  PUNCHOUT_EXPORT_CLIENT=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug/examples/export-client \
    node --test --test-timeout=120000 tests/export/*.test.mjs
}

test_end_to_end() {
  services
  node --test --test-concurrency=1 --test-timeout=900000 tests/e2e/*.test.mjs
}
