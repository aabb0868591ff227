//! Reads a web shop's cart in the browser and posts it to Business Central's Requisition Worksheet.

pub mod cart;
pub mod extract;
pub mod money;
pub mod snapshot;
pub mod supplier;
