//! The operation context: who does this, for whom, in which unit, in what language, when.
//!
//! Nothing below the edge asks the machine for the time, for randomness or for "the current user"; it takes
//! them from here. Tests set them; a replay reproduces them.

use crate::id::{AccountId, RequestId, uuid_v7};
use crate::person::PersonalNumber;
use crate::time::{Clock, Moment, SystemClock};
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, Mutex};

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Vietnamese, the first language of every page.
    #[default]
    Vi,
    /// English.
    En,
}

impl Locale {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// What an official may be in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Receives and returns dossiers at the one-stop shop (công chức một cửa).
    OneStopOfficer,
    /// Examines dossiers in a specialised unit (công chức chuyên môn).
    Specialist,
    /// Decides and signs (lãnh đạo phê duyệt).
    ApprovingLeader,
    /// Follows the plan for the standing office, the police (cơ quan thường trực).
    StandingOffice,
    /// Chairs the People's Committee (chủ tịch).
    Chairman,
    /// Reads logs and numbers, changes nothing (kiểm tra, thanh tra).
    Auditor,
    /// Keeps accounts, roles, calendars and settings (quản trị).
    Administrator,
}

impl Role {
    /// Every role, in the order of this declaration.
    pub const ALL: [Self; 7] = [
        Self::OneStopOfficer,
        Self::Specialist,
        Self::ApprovingLeader,
        Self::StandingOffice,
        Self::Chairman,
        Self::Auditor,
        Self::Administrator,
    ];

    /// The stable name, as stored and as used in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneStopOfficer => "one-stop-officer",
            Self::Specialist => "specialist",
            Self::ApprovingLeader => "approving-leader",
            Self::StandingOffice => "standing-office",
            Self::Chairman => "chairman",
            Self::Auditor => "auditor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A role held in a unit (the unit's code in the unit tree).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleInUnit {
    /// The role.
    pub role: Role,
    /// The unit's code, e.g. `H31.10816.01`.
    pub unit: String,
}

/// A signed-in person, as the session knows them at this moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Principal {
    /// The account.
    pub account: AccountId,
    /// The person's number.
    pub number: PersonalNumber,
    /// The name to show.
    pub name: String,
    /// Electronic identification level, 1 or 2 (Decree 69/2024 Art. 7).
    pub level: u8,
    /// The roles in force now; empty while the person acts as a citizen.
    pub roles: Vec<RoleInUnit>,
    /// The unit the person works in during this session; `None` while acting as a citizen.
    pub unit: Option<String>,
}

impl Principal {
    /// Whether the person acts in an office and not as a citizen.
    pub fn is_official(&self) -> bool {
        self.unit.is_some()
    }

    /// Whether the person holds `role` in the unit of this session.
    pub fn has(&self, role: Role) -> bool {
        self.unit.as_deref().is_some_and(|unit| self.roles.iter().any(|r| r.role == role && r.unit == unit))
    }
}

/// Who acts.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// The platform itself: a job or a scheduled task, by name.
    System(&'static str),
    /// A signed-in person.
    Person(Principal),
}

/// A source of random bytes that tests can seed.
#[derive(Clone)]
pub struct Randomness(Arc<Mutex<rand_chacha::ChaCha20Rng>>);

impl Randomness {
    /// Seeded by the operating system.
    #[allow(clippy::disallowed_methods, reason = "the one place that seeds from the machine")]
    pub fn system() -> Self {
        Self::seeded(rand::random())
    }

    /// Seeded by the caller: the same seed gives the same bytes.
    pub fn seeded(seed: [u8; 32]) -> Self {
        Self(Arc::new(Mutex::new(rand_chacha::ChaCha20Rng::from_seed(seed))))
    }

    /// Random bytes, fit for keys and session tokens.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Randomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Randomness")
    }
}

/// The operation context; see the module documentation.
#[derive(Clone)]
pub struct Cx {
    /// Who acts.
    pub actor: Actor,
    /// The reader's language.
    pub locale: Locale,
    /// The request this belongs to.
    pub request: RequestId,
    clock: Arc<dyn Clock>,
    randomness: Randomness,
}

impl Cx {
    /// A context for `actor`; the request id is made here.
    pub fn new(actor: Actor, locale: Locale, clock: Arc<dyn Clock>, randomness: Randomness) -> Self {
        let request = RequestId(new_uuid(&*clock, &randomness));
        Self { actor, locale, request, clock, randomness }
    }

    /// A context for work the platform does itself, named for the audit log.
    pub fn system(name: &'static str, clock: Arc<dyn Clock>, randomness: Randomness) -> Self {
        Self::new(Actor::System(name), Locale::Vi, clock, randomness)
    }

    /// The context of a running machine: system clock, system randomness, nobody signed in.
    pub fn of_machine() -> Self {
        Self::new(Actor::Anonymous, Locale::Vi, Arc::new(SystemClock), Randomness::system())
    }

    /// The same context for another actor.
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The clock itself, for what outlives the operation.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }

    /// The randomness itself.
    pub fn randomness(&self) -> &Randomness {
        &self.randomness
    }

    /// A new typed identifier: `cx.new_id::<DossierId>()`.
    pub fn new_id<T: From<uuid::Uuid>>(&self) -> T {
        new_uuid(&*self.clock, &self.randomness).into()
    }

    /// The signed-in person, if any.
    pub fn principal(&self) -> Option<&Principal> {
        match &self.actor {
            Actor::Person(principal) => Some(principal),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }

    /// The signed-in person, or the problem that nobody is.
    pub fn require_principal(&self) -> Result<&Principal, crate::Problem> {
        self.principal()
            .ok_or_else(|| crate::Problem::new(crate::ProblemKind::SignInRequired, "sign-in.required"))
    }
}

impl std::fmt::Debug for Cx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cx").field("request", &self.request).finish_non_exhaustive()
    }
}

fn new_uuid(clock: &dyn Clock, randomness: &Randomness) -> uuid::Uuid {
    let milliseconds = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
    uuid_v7(milliseconds, randomness.bytes())
}
