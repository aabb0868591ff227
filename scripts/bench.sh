# How fast the core is, and what hostile input does to it.

bench() {
  case ${1:-all} in
    count) bench_count ;;
    chromium) bench_chromium ;;
    credits) bench_credits ;;
    panel) bench_panel ;;
    all) bench_count; bench_chromium ;;
    *) fail "bench $1: expected count, chromium, credits, panel or nothing" ;;
  esac
}

# Counts do not depend on what else the machine does. They depend on the compiler, so it is pinned.
bench_count() {
  say "instructions from snapshot to cart"
  has valgrind || debian_install valgrind
  local program words counted expected wrong=0
  program=$(cargo bench --quiet --locked --bench core --no-run --message-format json | node -p '
    const lines = fs.readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    lines.find(({ target, executable }) => executable && target.name === "core").executable')
  "$program" hostile
  while read -r expected words; do
    # shellcheck disable=SC2086
    counted=$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$DIST/catalog.json" $words 2>&1 \
      | sed -n 's/.*Collected : //p')
    note >&2 "$words: $counted instructions, $expected expected"
    [ $((counted * 20)) -le $((expected * 21)) ] && [ $((counted * 20)) -ge $((expected * 19)) ] || wrong=1
    printf '%s %s\n' "$counted" "$words"
  done <tests/bench/instructions.txt >"${CARGO_TARGET_DIR:-target}/instructions.txt"
  [ $wrong = 0 ] || fail "more than 5 % from what is expected; where that is meant, copy ${CARGO_TARGET_DIR:-target}/instructions.txt over tests/bench/instructions.txt"
}

bench_chromium() {
  say "from click to lines, in Chromium"
  PUNCHOUT_DIST=$PWD/$DIST node tests/bench/bench.mjs docs/performance.md
  note "docs/performance.md"
}

bench_panel() {
  services
  say "what a person waits for in the panel, and its memory"
  node tests/bench/panel.mjs docs/panel-performance.md
  note "docs/panel-performance.md"
}

# Some minutes, and only on a machine that does nothing else.
bench_credits() {
  say "captures on the credit service, beside pgbench"
  cargo bench --quiet --locked --profile server --package credit-service --bench throughput -- "$PWD/docs/credit-service-performance.md"
  note "docs/credit-service-performance.md"
}

# The sanitizers and the coverage that steers the input are flags that the pinned compiler takes by RUSTC_BOOTSTRAP.
fuzz() {
  local seconds=${1:-60} target targets=("${@:2}")
  has_version cargo-fuzz "$CARGO_FUZZ_VERSION" || install_tool cargo-fuzz "$CARGO_FUZZ_VERSION"
  export PATH="$TOOLS/bin:$PATH"
  local found=${CARGO_TARGET_DIR:-$PWD/target}/fuzz-found
  [ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | tail -n +2)
  for target in "${targets[@]}"; do
    say "fuzz: $target, $seconds s"
    # What is found stays outside; the inputs in the repository are few and chosen.
    mkdir -p "$found/$target"
    RUSTC_BOOTSTRAP=1 cargo fuzz run "$target" "$found/$target" "fuzz/corpus/$target" -- -max_total_time="$seconds" -max_len=20000 -timeout=20 -rss_limit_mb=2048
  done
}
