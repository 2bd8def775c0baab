//! The provider: settings, accounts, keys, grants, faults.

use crate::account::Accounts;
use crate::code::Grants;
use crate::fault::{Fault, FaultMode, Faults};
use crate::key::{KeyError, KeyRing};
use crate::settings::Settings;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use d06_fault::FaultRefused;
use d06_kernel::Cx;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An OpenID provider; a clone is the same provider.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    settings: Settings,
    accounts: Accounts,
    keys: Mutex<KeyRing>,
    grants: Mutex<Grants>,
    faults: Faults,
    cx: Cx,
}

impl Provider {
    /// A provider with fresh signing keys. Time and randomness of codes and tokens come from `cx`.
    pub fn new(settings: Settings, accounts: Accounts, cx: Cx) -> Result<Self, KeyError> {
        let label = URL_SAFE_NO_PAD.encode(cx.randomness().bytes::<6>()).replace('-', "_");
        Ok(Self(Arc::new(Inner {
            settings,
            accounts,
            keys: Mutex::new(KeyRing::generate(&label)?),
            grants: Mutex::default(),
            faults: Faults::default(),
            cx,
        })))
    }

    /// Plays a fault from now on; [`FaultMode::None`] ends it.
    pub fn play(&self, fault: Fault) -> Result<Fault, FaultRefused> {
        self.0.faults.set(fault)
    }

    /// Replaces the signing key; the one before stays published.
    pub fn rotate_key(&self) -> Result<(), KeyError> {
        self.keys().rotate()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn accounts(&self) -> &Accounts {
        &self.0.accounts
    }

    pub(crate) fn cx(&self) -> &Cx {
        &self.0.cx
    }

    pub(crate) fn keys(&self) -> MutexGuard<'_, KeyRing> {
        self.0.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn grants(&self) -> MutexGuard<'_, Grants> {
        self.0.grants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn fault(&self) -> Fault {
        self.0.faults.present()
    }

    pub(crate) fn hit(&self, modes: &[FaultMode]) -> Option<FaultMode> {
        self.hit_fully(modes).map(|fault| fault.mode)
    }

    pub(crate) fn hit_fully(&self, modes: &[FaultMode]) -> Option<Fault> {
        self.0.faults.hit(modes, self.0.cx.randomness())
    }

    /// 256 random bits as text, for codes and tokens.
    pub(crate) fn secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.cx.randomness().bytes::<32>())
    }
}
