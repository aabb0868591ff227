//! What the workshop of supplier definitions is made of.

pub mod saved_page;
