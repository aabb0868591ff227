#!/usr/bin/env bash
# The one door: everything that is done with this repository is done by a word of this script.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

for room in log pins setup wasm_target bundle verify simulate bench demo; do
  # shellcheck source=/dev/null
  source "scripts/$room.sh"
done

usage() {
  cat <<'TEXT'
usage: ./build.sh WORD

  setup     install what is missing: wasm target, wasm tools, Chromium, Node packages
  build     the unpacked extension, in dist/
  check     format, lints on native and wasm, supplier definitions, size of the wasm
  test      check, then every test: native, wasm in headless Chrome, end to end in Chromium
  bench     counts of instructions, held against those in tests/bench/instructions.txt, then the time from click to lines
            in Chromium, beside the browser's own parser, in docs/performance.md; `bench count` or `bench chromium` alone;
            `bench credits`: the credit service beside pgbench, in docs/credit-service-performance.md;
            `bench panel`: what a person waits for, and the panel's memory, in docs/panel-performance.md
  fuzz      hostile input for every reader, each for so many seconds (60): fuzz [SECONDS] [TARGET…]
  simulate  the whole story of a capture under one seeded scheduler: a crash at each point of each scenario, then schedules
            by chance, each of which repeats from its number: simulate [SCHEDULES], or simulate SECONDS s
  demo      a shop, a sign-in server, Business Central's stand-in and the credit service, with a Chromium that has the
            extension; --auto (and by itself where there is no display) plays the whole story and keeps screenshots
  gallery   pictures of the extension in every state, theme and language, in target/gallery/index.html
  package   dist/ as a zip for the store

Every word does its own set-up, says what it does, and may be repeated.
PUNCHOUT_DEPLOYMENT=FILE   deployment to build for (default deployments/cloud.json)
PROPTEST_RNG_SEED=NUMBER   other cases of the property tests (`test` always takes the same ones)
WASM_TOOLCHAIN=rustup|debian   one way to the wasm target instead of the first that works
WASM_STD=shipped   a larger wasm with the standard library as shipped, without unstable compiler flags
TEXT
}

# With semicolons: in an `&&` list a failure inside a function would not end the script.
case "${1:-}" in
  setup) setup_all ;;
  build) setup_build; bundle ;;
  check) setup_build; bundle; check ;;
  test) setup_all; bundle; check; test_all ;;
  bench) setup_all; bundle; bench "${@:2}" ;;
  fuzz) setup_build; bundle; fuzz "${@:2}" ;;
  simulate) simulate "${@:2}" ;;
  demo) setup_all; demo "${@:2}" ;;
  gallery) setup_all; gallery ;;
  package) setup_build; bundle; package ;;
  *) usage; [ "${1:-}" = help ] || exit 2 ;;
esac
