//! `/admin/roles`: who holds which role, from when to when.

use crate::model::{GrantId, NewRoleGrant};
use crate::module::Deps;
use crate::ops::end_role::EndRole;
use crate::ops::list_roles::NamedGrant;
use crate::ops::{end_role, give_role, list_roles};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use d06_authz::{Kind, Resource, act, office_of};
use d06_http::{AppProblem, Fields, Flash, Form, FromFields, PageFrame, RequestCx};
use d06_kernel::port::unit::Unit;
use d06_kernel::{Cx, Problem, Role};
use d06_ui::{FormView, Frame, Page};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize)]
pub(crate) struct RolesPage {
    grants: Vec<GrantRow>,
    units: Vec<Unit>,
    roles: Vec<Role>,
    may_assign: bool,
    form: FormView,
}

/// One role held.
#[derive(Debug, Serialize)]
struct GrantRow {
    id: String,
    version: i64,
    /// Partly hidden number.
    number: String,
    name: Option<String>,
    role: Role,
    unit: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl Page for RolesPage {
    const TEMPLATE: &'static str = "identity/roles.html";

    fn samples() -> Vec<Self> {
        let unit = Unit {
            code: "H31.10816.01".to_owned(),
            name: "Trung tâm Phục vụ hành chính công xã Hà Bắc".to_owned(),
            parent: None,
            commune: None,
            kind: "one-stop-shop".to_owned(),
        };
        let row = |name: Option<&str>, to| GrantRow {
            id: "0197705e-7b00-7000-8000-000000000000".to_owned(),
            version: 1,
            number: "030••••••201".to_owned(),
            name: name.map(str::to_owned),
            role: Role::OneStopOfficer,
            unit: unit.name.clone(),
            from: NaiveDate::default(),
            to,
        };
        let page = |grants, may_assign, form| Self {
            grants,
            units: vec![unit.clone()],
            roles: Role::ALL.to_vec(),
            may_assign,
            form,
        };
        let refused = FormView::new().refused(&Problem::field("to", "role.ends-before-it-begins"));
        vec![
            page(vec![row(Some("Vũ Thị Lan"), None), row(None, Some(NaiveDate::default()))], true, refused),
            page(Vec::new(), false, FormView::new()),
        ]
    }
}

pub(crate) async fn show(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
) -> Result<Response, AppProblem> {
    render(&deps, &cx, &frame, FormView::new()).await
}

async fn render(deps: &Deps, cx: &Cx, frame: &Frame, form: FormView) -> Result<Response, AppProblem> {
    let office = office(cx)?;
    let resource = Resource::new(Kind::Directory, &office).in_unit(&office);
    let permit = deps.platform.authz.permit::<act::ViewDirectory>(cx, &resource)?;
    let (units, grants) = list_roles::run(cx, &deps.platform.db, &permit, &office).await?;
    let may_assign = deps.platform.authz.may::<act::AssignRole>(cx, &resource);
    let status = if form.problems().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let grants = grants.into_iter().map(|grant| row(grant, &units)).collect();
    let page = RolesPage { grants, units, roles: Role::ALL.to_vec(), may_assign, form };
    Ok((status, deps.platform.ui.page(cx, frame, &page)?).into_response())
}

fn row(NamedGrant { grant, name }: NamedGrant, units: &[Unit]) -> GrantRow {
    let unit = units.iter().find(|unit| unit.code == grant.unit).map_or(grant.unit, |unit| unit.name.clone());
    GrantRow {
        id: grant.id.to_string(),
        version: grant.version,
        number: grant.number.to_string(),
        name,
        role: grant.role,
        unit,
        from: grant.from,
        to: grant.to,
    }
}

impl FromFields for NewRoleGrant {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        let number = fields.parsed("number", "number.not-personal");
        let role = fields.choice("role", &Role::ALL.map(Role::name)).and_then(|name| Role::from_name(&name));
        let unit = fields.chosen("unit", 35);
        let from = fields.date("from");
        let to = fields.optional_date("to");
        Some(Self { number: number?, role: role?, unit: unit?, from: from?, to: to? })
    }
}

pub(crate) async fn give(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    PageFrame(frame): PageFrame,
    form: Form<NewRoleGrant>,
) -> Result<Response, AppProblem> {
    let given = match form.value {
        Ok(grant) => try_give(&deps, &cx, grant).await,
        Err(problem) => Err(problem),
    };
    match given {
        Ok(()) => Ok((Flash::success("roles-given"), Redirect::to("/admin/roles")).into_response()),
        Err(problem) => render(&deps, &cx, &frame, form.typed.refuse(problem)?).await,
    }
}

async fn try_give(deps: &Deps, cx: &Cx, grant: NewRoleGrant) -> Result<(), Problem> {
    let resource = Resource::new(Kind::Directory, &grant.unit).owned_by([grant.number]).in_unit(&grant.unit);
    let permit = deps.platform.authz.permit::<act::AssignRole>(cx, &resource)?;
    give_role::run(cx, &deps.platform.db, &deps.platform.sessions, permit, grant).await.map(|_| ())
}

/// The version that the administrator saw.
#[derive(Debug)]
pub(crate) struct EndForm(i64);

impl FromFields for EndForm {
    fn from_fields(fields: &mut Fields) -> Option<Self> {
        fields.parsed("version", "number.not-whole").map(Self)
    }
}

pub(crate) async fn end(
    State(deps): State<Deps>,
    RequestCx(cx): RequestCx,
    Path(id): Path<GrantId>,
    form: Form<EndForm>,
) -> Result<Response, AppProblem> {
    let EndForm(version) = form.value?;
    let platform = &deps.platform;
    end_role::run(&cx, &platform.db, &platform.authz, &platform.sessions, EndRole { id, version }).await?;
    Ok((Flash::success("roles-ended"), Redirect::to("/admin/roles")).into_response())
}

fn office(cx: &Cx) -> Result<String, Problem> {
    let unit = cx.require_principal()?.unit.as_deref().ok_or_else(Problem::not_found)?;
    Ok(office_of(unit).to_owned())
}
