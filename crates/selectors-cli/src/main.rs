//! The workshop of supplier definitions.
fn main() {}
