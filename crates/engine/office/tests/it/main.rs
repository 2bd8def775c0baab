//! The files, opened by programs from outside: python-docx, openpyxl, LibreOffice.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod files;
mod outside;
mod sample;
