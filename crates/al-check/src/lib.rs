//! Checks.
use tree_sitter_al as _;
use tree_sitter as _;
