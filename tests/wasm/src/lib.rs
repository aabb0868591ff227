//! Tests of the core in a real browser, as wasm: a crate of its own, because the core's native tests use what wasm has not.
