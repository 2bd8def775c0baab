//! Asks the policies.

use crate::act::{self, Act};
use crate::permit::Permit;
use crate::resource::{Resource, office_of};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use d06_kernel::{Cx, Principal, Problem, ProblemKind, Role};
use std::collections::{HashMap, HashSet};
use std::str::FromStr;

const SCHEMA: &str = include_str!("../policies/schema.cedarschema");
const POLICIES: [&str; 4] = [
    include_str!("../policies/citizen.cedar"),
    include_str!("../policies/office.cedar"),
    include_str!("../policies/steering.cedar"),
    include_str!("../policies/limits.cedar"),
];

/// The policies do not hold together; the program does not start.
#[derive(Debug, thiserror::Error)]
#[error("authorisation policies: {0}")]
pub struct PolicyError(String);

impl PolicyError {
    fn new(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// Answers whether somebody may do something.
pub struct Authz {
    authorizer: Authorizer,
    policies: PolicySet,
    user: EntityTypeName,
    actions: HashMap<&'static str, EntityUid>,
    kinds: HashMap<&'static str, EntityTypeName>,
}

impl std::fmt::Debug for Authz {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authz")
    }
}

impl Authz {
    /// Loads the policies of the platform and validates them strictly against their schema.
    pub fn new() -> Result<Self, PolicyError> {
        let (schema, warnings) = Schema::from_cedarschema_str(SCHEMA).map_err(PolicyError::new)?;
        if let Some(warning) = warnings.into_iter().next() {
            return Err(PolicyError::new(warning));
        }
        let policies = PolicySet::from_str(&POLICIES.join("\n")).map_err(PolicyError::new)?;
        let validation = Validator::new(schema).validate(&policies, ValidationMode::Strict);
        if !validation.validation_passed() {
            return Err(PolicyError::new(validation));
        }
        let mut actions = HashMap::new();
        let mut kinds = HashMap::new();
        for (name, kind) in act::ALL {
            actions.insert(*name, uid("Action", name)?);
            kinds.insert(kind.name(), EntityTypeName::from_str(kind.name()).map_err(PolicyError::new)?);
        }
        let user = EntityTypeName::from_str("User").map_err(PolicyError::new)?;
        Ok(Self { authorizer: Authorizer::new(), policies, user, actions, kinds })
    }

    /// The permit to do `A` to `resource`.
    ///
    /// # Errors
    /// `sign-in.required` where nobody is signed in; `not-found` where the caller may not know the resource;
    /// `forbidden` where they see it but may not do this.
    pub fn permit<A: Act>(&self, cx: &Cx, resource: &Resource) -> Result<Permit<A>, Problem> {
        if resource.kind != A::ON {
            return Err(Problem::internal(format!("{} does not act upon {}", A::NAME, resource.kind.name())));
        }
        let principal = cx.require_principal()?;
        if self.allows(principal, A::NAME, resource)? {
            return Ok(Permit::new(resource.id.clone()));
        }
        let visible = match resource.kind.view_action() {
            Some(view) if view != A::NAME => self.allows(principal, view, resource)?,
            Some(_) | None => false,
        };
        Err(if visible { Problem::forbidden() } else { Problem::not_found() })
    }

    /// Whether the caller may do `A` to `resource`; for showing or hiding a button, never instead of a permit.
    pub fn may<A: Act>(&self, cx: &Cx, resource: &Resource) -> bool {
        cx.principal().is_some_and(|principal| self.allows(principal, A::NAME, resource).unwrap_or(false))
    }

    fn allows(
        &self,
        principal: &Principal,
        action: &'static str,
        resource: &Resource,
    ) -> Result<bool, Problem> {
        let request = self.request(principal, action, resource).map_err(Problem::internal)?;
        let (request, entities) = request;
        let answer = self.authorizer.is_authorized(&request, &self.policies, &entities);
        if let Some(error) = answer.diagnostics().errors().next() {
            return Err(
                Problem::new(ProblemKind::Internal, "authz.policy-error").caused_by(error.to_string())
            );
        }
        Ok(answer.decision() == Decision::Allow)
    }

    fn request(
        &self,
        principal: &Principal,
        action: &'static str,
        resource: &Resource,
    ) -> Result<(Request, Entities), PolicyError> {
        let missing = || PolicyError::new("unknown action or kind");
        let user =
            EntityUid::from_type_name_and_id(self.user.clone(), EntityId::new(principal.account.to_string()));
        let kind = self.kinds.get(resource.kind.name()).ok_or_else(missing)?.clone();
        let thing = EntityUid::from_type_name_and_id(kind, EntityId::new(&resource.id));
        let action = self.actions.get(action).ok_or_else(missing)?.clone();
        let user_entity = Entity::new(user.clone(), user_attributes(principal), HashSet::new());
        let thing_entity = Entity::new(thing.clone(), resource_attributes(resource), HashSet::new());
        let entities = Entities::from_entities(
            [user_entity.map_err(PolicyError::new)?, thing_entity.map_err(PolicyError::new)?],
            None,
        );
        let request = Request::new(user, action, thing, Context::empty(), None).map_err(PolicyError::new)?;
        Ok((request, entities.map_err(PolicyError::new)?))
    }
}

fn uid(kind: &str, id: &str) -> Result<EntityUid, PolicyError> {
    let kind = EntityTypeName::from_str(kind).map_err(PolicyError::new)?;
    Ok(EntityUid::from_type_name_and_id(kind, EntityId::new(id)))
}

fn user_attributes(principal: &Principal) -> HashMap<String, RestrictedExpression> {
    let roles = Role::ALL.into_iter().filter(|role| principal.has(*role)).map(Role::name);
    let office = principal.unit.as_deref().map_or("", office_of);
    HashMap::from([
        ("number".to_owned(), text(principal.number.as_str())),
        ("level".to_owned(), RestrictedExpression::new_long(i64::from(principal.level))),
        ("official".to_owned(), RestrictedExpression::new_bool(principal.is_official())),
        ("roles".to_owned(), RestrictedExpression::new_set(roles.map(text))),
        ("office".to_owned(), text(office)),
        ("unit".to_owned(), text(principal.unit.as_deref().unwrap_or(""))),
    ])
}

fn resource_attributes(resource: &Resource) -> HashMap<String, RestrictedExpression> {
    let owners = resource.owners.iter().map(|owner| text(owner.as_str()));
    HashMap::from([
        ("owners".to_owned(), RestrictedExpression::new_set(owners)),
        ("scopes".to_owned(), RestrictedExpression::new_set(resource.scopes().into_iter().map(text))),
        ("unit".to_owned(), text(resource.unit.as_deref().unwrap_or(""))),
    ])
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}
