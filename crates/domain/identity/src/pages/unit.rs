//! `/sign-in/unit`: as a citizen, or as an official of a unit.

use crate::module::Deps;
use crate::ops::choose_unit;
use crate::ops::list_choices::{self, Choice};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use d06_http::{AppProblem, Fields, Form, FromFields, NextPath, PageFrame, RequestCx, SessionToken};
use d06_kernel::Role;
use d06_ui::Page;
use serde::{Deserialize, Serialize};

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct UnitPage {
    choices: Vec<Choice>,
    /// The unit of the session.
    current: Option<String>,
    next: String,
}

impl Page for UnitPage {
    const TEMPLATE: &'static str = "identity/unit.html";

    fn samples() -> Vec<Self> {
        let choice = Choice {
            unit: "H31.10816.01".to_owned(),
            name: "Trung tâm Phục vụ hành chính công xã Hà Bắc".to_owned(),
            roles: Role::ALL.to_vec(),
        };
        vec![
            Self { choices: vec![choice], current: Some("H31.10816.01".to_owned()), next: "/".to_owned() },
            Self { choices: Vec::new(), current: None, next: "/".to_owned() },
        ]
    }
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct ShowQuery {
    #[serde(default)]
    next: NextPath,
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    Query(query): Query<ShowQuery>,
) -> Result<Response, AppProblem> {
    let page = UnitPage {
        choices: list_choices::run(&cx, &deps.platform.db).await?,
        current: cx.require_principal()?.unit.clone(),
        next: query.next.as_str().to_owned(),
    };
    Ok(deps.platform.ui.page(&cx, &frame, &page)?.into_response())
}

#[derive(Debug)]
pub(crate) struct ChooseForm {
    unit: Option<String>,
    next: NextPath,
}

impl FromFields for ChooseForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let next = NextPath::read(fields.raw("next").unwrap_or("/"));
        Some(Self { unit: fields.text_up_to("unit", 35), next })
    }
}

pub(crate) async fn choose(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    session: SessionToken,
    form: Form<ChooseForm>,
) -> Result<Response, AppProblem> {
    let ChooseForm { unit, next } = form.value?;
    let platform = &deps.platform;
    let choices = list_choices::run(&cx, &platform.db).await?;
    let first =
        choices.iter().find(|choice| Some(&choice.unit) == unit.as_ref()).map(|c| first_page(&c.roles));
    let (cookie, visit) = choose_unit::run(&cx, &platform.db, &platform.sessions, &session, unit).await?;
    // The place an official wanted to go to as a citizen, or the other way round, may not be open to them now.
    let to = first.filter(|_| next == NextPath::default()).unwrap_or(next.as_str());
    Ok((cookie, visit, Redirect::to(to)).into_response())
}

/// Where a person begins to work, by the roles they hold in the unit: at the queue if they handle dossiers, else
/// at what they watch over.
fn first_page(roles: &[Role]) -> &'static str {
    let holds = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
    if holds(&[Role::OneStopOfficer, Role::Specialist, Role::ApprovingLeader]) {
        "/work"
    } else if holds(&[Role::Chairman, Role::StandingOffice, Role::Auditor]) {
        "/steering/targets"
    } else {
        "/admin/roles"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_begins_where_they_may_go() {
        assert_eq!(first_page(&[Role::Chairman, Role::ApprovingLeader]), "/work");
        assert_eq!(first_page(&[Role::Chairman]), "/steering/targets");
        assert_eq!(first_page(&[Role::Auditor]), "/steering/targets");
        assert_eq!(first_page(&[Role::Administrator]), "/admin/roles");
    }
}
