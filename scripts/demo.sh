# The demo, and what it shares with the end-to-end tests.

# The servers that stand in for the world outside. The tests start them, and build the extension's manifest for them.
services() {
  say "Business Central's stand-in and the credit service"
  cargo build --quiet --locked --package bc-standin --package credit-service
  PUNCHOUT_BIN=$(cd "${CARGO_TARGET_DIR:-target}" && pwd)/debug
  PUNCHOUT_DIST=$PWD/$DIST
  export PUNCHOUT_BIN PUNCHOUT_DIST
}

demo() {
  bundle
  services
  say "the demo"
  node tests/e2e/demo.mjs "$@"
}

gallery() {
  bundle
  services
  say "every state, in both themes and four languages"
  node tests/e2e/gallery.mjs target/gallery
}
