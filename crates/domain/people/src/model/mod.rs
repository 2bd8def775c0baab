//! Plain types of this domain.

pub mod access;
pub mod correction;
pub mod dispute;
pub mod record;

d06_kernel::typed_id!(
    /// One read of somebody's population data.
    AccessId
);
d06_kernel::typed_id!(
    /// A dispute of a read.
    DisputeId
);
d06_kernel::typed_id!(
    /// A request for correction.
    CorrectionId
);
