# The versions that everything is built with. Crates are pinned by Cargo.lock, Node packages by package-lock.json.

RUST_VERSION=1.95.0
WASM_BINDGEN_VERSION=0.2.130 # equal to the `wasm-bindgen` crate in Cargo.toml
CARGO_FUZZ_VERSION=0.13.2
WASM_PACK_VERSION=0.15.1
NODE_MAJOR=20
WASM_GZIP_LIMIT=376500 # bytes; the goal is 250000

WASM_TARGET=wasm32-unknown-unknown
# Tools are shared by all clones of a machine: they are pinned, and take minutes to build.
TOOLS=${PUNCHOUT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/punchout/tools}
