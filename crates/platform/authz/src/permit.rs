//! The proof that a question was asked and answered with yes.

use std::marker::PhantomData;

/// Proof that the actor may do `A` to the resource named by [`Permit::resource`]. Only [`crate::Authz`] makes one;
/// an operation that writes takes it by value, so a missing check does not compile.
#[derive(Debug)]
pub struct Permit<A> {
    resource: String,
    act: PhantomData<fn() -> A>,
}

impl<A> Permit<A> {
    pub(crate) fn new(resource: String) -> Self {
        Self { resource, act: PhantomData }
    }

    /// The resource's id it was given for.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// Whether it was given for the resource of this id; operations check it against what they loaded.
    pub fn covers(&self, id: impl ToString) -> bool {
        self.resource == id.to_string()
    }
}
