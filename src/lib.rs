//! Reads a web shop's cart in the browser and posts it to Business Central's Requisition Worksheet.

pub mod business_central;
pub mod capture_id;
pub mod cart;
pub mod credits;
pub mod deployment;
pub mod http;
pub mod money;
pub mod oauth;
pub mod timestamp;
