# The simulation: optimised, because it takes millions of steps.

# simulate [SCHEDULES] | simulate SECONDS s
simulate() {
  say "simulation"
  local length=(--schedules "${1:-1000000}")
  [ "${2:-}" = s ] && length=(--seconds "$1" --seed "$(date +%s)")
  cargo run --quiet --locked --profile simulation --package simulation -- run "${length[@]}"
}
