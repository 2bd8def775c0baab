//! Typed identifiers. Each is a UUIDv7 (RFC 9562 §5.7), so that rows sort by the moment they were made
//! and an id of one kind cannot be handed in where another is wanted.

use uuid::Uuid;

/// Declares a typed identifier around a [`Uuid`].
#[macro_export]
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub ::uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = ::uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }

        impl From<$name> for ::uuid::Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<::uuid::Uuid> for $name {
            fn from(id: ::uuid::Uuid) -> Self {
                Self(id)
            }
        }
    };
}

typed_id!(
    /// A sign-in account of a person or an organisation.
    AccountId
);
typed_id!(
    /// One application under an administrative procedure (hồ sơ).
    DossierId
);
typed_id!(
    /// An electronic document in a person's cabinet (kho dữ liệu điện tử).
    DocumentId
);
typed_id!(
    /// A stored file: one upload or one produced document.
    FileId
);
typed_id!(
    /// One domain event.
    EventId
);
typed_id!(
    /// One background job.
    JobId
);
typed_id!(
    /// One request, carried through logs, audit and jobs.
    RequestId
);

/// Builds a UUIDv7 out of a moment and 74 random bits (RFC 9562 §5.7).
pub(crate) fn uuid_v7(unix_ms: u64, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid()
}
