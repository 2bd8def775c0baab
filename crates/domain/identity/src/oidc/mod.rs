//! Our side of OpenID Connect: finding the provider, redeeming a code, checking what comes back.

mod discovery;
mod keys;
mod provider;
mod token;

pub(crate) use provider::AuthorizationRequest;
pub use provider::{Provider, ProviderSettings};
