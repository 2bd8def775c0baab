//! The table role × action × relation to the resource, compared with the reviewed one.

use d06_authz::{Authz, Kind, Resource, act};
use d06_kernel::{Actor, Cx, Principal, Role, RoleInUnit};
use std::fmt::Write;

/// A person who holds `role` (or none) and works in `unit`.
pub(crate) fn person(number: &str, role: Option<(Role, &str)>) -> Cx {
    let cx = Cx::of_machine();
    let principal = Principal {
        account: cx.new_id(),
        number: number.parse().unwrap(),
        name: "Người thử nghiệm".into(),
        level: 2,
        roles: role.map(|(role, unit)| RoleInUnit { role, unit: unit.into() }).into_iter().collect(),
        unit: role.map(|(_, unit)| unit.into()),
    };
    cx.acting_as(Actor::Person(principal))
}

macro_rules! column {
    ($authz:expr, $cx:expr, $resource:expr, $($act:ident),* $(,)?) => {
        vec![$((<act::$act as act::Act>::NAME, $authz.may::<act::$act>($cx, &$resource(<act::$act as act::Act>::ON)))),*]
    };
}

#[test]
fn the_matrix_is_the_reviewed_one() {
    let authz = Authz::new().unwrap();
    let relations: [(&str, Option<&str>, &str); 5] = [
        ("own", Some("030000000001"), "H31.10816.01"),
        ("own unit", Some("030000000002"), "H31.10816.02"),
        ("own office", Some("030000000002"), "H31.10816.01"),
        ("other office", Some("030000000002"), "H31.10999.01"),
        ("nobody's", None, "H31.10816"),
    ];
    let mut table = String::new();
    let mut seen = 0;
    for role in std::iter::once(None).chain(Role::ALL.map(Some)) {
        let cx = person("030000000001", role.map(|role| (role, "H31.10816.02")));
        let name = role.map_or("citizen", Role::name);
        for (relation, owner, unit) in relations {
            let resource = |kind: Kind| {
                Resource::new(kind, "1").owned_by(owner.map(|o| o.parse().unwrap())).in_unit(unit)
            };
            let column = column!(
                authz,
                &cx,
                resource,
                EndSession,
                EditDraft,
                AssistFiling,
                SubmitDossier,
                ViewDossier,
                ReceiveDossier,
                ExamineDossier,
                RequestSupplement,
                OverrideRequirement,
                DecideDossier,
                ReappointDossier,
                WithdrawDossier,
                ViewQueue,
                ViewDocument,
                RevokeDocument,
                ReadPopulation,
                ViewAccess,
                DisputeAccess,
                AnswerDispute,
                RequestCorrection,
                ViewCorrection,
                SettleCorrection,
                ViewTarget,
                BindTarget,
                CompilePlan,
                AcceptPlan,
                ShapeTarget,
                EnterFigure,
                ViewTask,
                SteerTask,
                ExtendTask,
                UpdateTask,
                AcceptTask,
                ViewObstacle,
                RaiseObstacle,
                AnswerObstacle,
                RouteObstacle,
                ViewRegister,
                KeepRegister,
                UpdateRegister,
                ViewBudget,
                KeepBudget,
                DraftCommendation,
                DecideCommendation,
                ViewReport,
                WriteReport,
                ReceiveReport,
                ViewAudit,
                ViewDirectory,
                AssignRole,
            );
            seen = column.len();
            let granted: Vec<&str> =
                column.iter().filter(|(_, yes)| *yes).map(|(action, _)| *action).collect();
            writeln!(table, "{name:<17} {relation:<13} {}", granted.join(" ")).unwrap();
        }
    }
    assert_eq!(seen, act::ALL.len(), "an action is missing from the matrix");
    let path = "tests/it/snapshots/matrix.txt";
    let reviewed = std::fs::read_to_string(path).unwrap_or_default();
    if reviewed != table {
        std::fs::write(format!("{path}.new"), &table).unwrap();
        panic!("the matrix changed; review {path}.new and rename it\n{table}");
    }
}
