//! The five real plans, item by item, and what each of them is hard for.

use crate::expected::{assert_as_read, compiled};
use d06_plan::{Compiled, DueKind, Warning, WarningCode};

fn warned(plan: &Compiled, code: WarningCode) -> Vec<&Warning> {
    plan.warnings.iter().filter(|warning| warning.code == code).collect()
}

#[test]
fn ha_bac_2026_has_two_tables() {
    let plan = compiled("ha-bac-2026");
    assert_eq!((plan.targets.len(), plan.tasks.len()), (56, 51));
    assert_as_read("ha-bac-2026");
    // ">50" keeps its operator, words stay words, a merged cell holds for both years and is told.
    let of = |reference: &str| plan.targets.iter().find(|t| t.reference == reference).unwrap();
    assert_eq!(of("IV.2").values[0].op.as_deref(), Some(">"));
    assert_eq!(of("III.4").values[0].raw, "Theo chỉ tiêu được giao");
    assert_eq!(of("III.4").values[0].value, None);
    assert_eq!(of("I.6").values[1].value, Some(95.0));
    assert!(warned(&plan, WarningCode::ValueShared).iter().any(|w| w.line == of("I.6").source.line_start));
    assert_eq!(of("I.8").values.len(), 1, "nothing is said for 2026");
    // The heading that recognition turned into "in".
    assert!(
        plan.tasks
            .iter()
            .any(|t| t.reference == "III.2" && t.group_title.starts_with("Phục vụ phát triển kinh tế"))
    );
    assert_eq!(plan.document.kind.as_deref(), Some("plan"));
    assert_eq!(plan.document.date.as_deref(), Some("2026-06"));
}

#[test]
fn hoang_kim_2025_was_flattened() {
    let plan = compiled("hoang-kim-2025");
    assert_eq!((plan.targets.len(), plan.tasks.len()), (0, 53));
    assert_as_read("hoang-kim-2025");
    let task = |n: &str| plan.tasks.iter().find(|t| t.reference.ends_with(&format!(".{n}"))).unwrap();
    assert!(task("23").text.ends_with("thành phố có đảo"), "the text goes on over the page");
    assert!(task("47").text.contains("thường xuyên để sử dụng"), "the page number is taken out");
    assert_eq!(warned(&plan, WarningCode::NumberRepeated).len(), 1);
    assert_eq!(warned(&plan, WarningCode::CountDiffers).len(), 1, "(05 nhiệm vụ) over three");
    assert_eq!(warned(&plan, WarningCode::DueNotUnderstood).len(), 1);
}

#[test]
fn hai_phong_2025_is_prose_with_bullets() {
    let plan = compiled("hai-phong-2025");
    let count = |prefix: &str| plan.tasks.iter().filter(|t| t.reference.starts_with(prefix)).count();
    assert_eq!((count("III.1."), count("III.2."), count("IV.")), (14, 28, 8));
    assert_eq!(plan.tasks.len(), 50);
    assert_as_read("hai-phong-2025");
    assert_eq!(plan.document.period.from.unwrap().to_string(), "2025-09-01");
    assert!(warned(&plan, WarningCode::CountDiffers).is_empty());
}

#[test]
fn ha_noi_2025_has_a_gap_and_a_list_of_targets() {
    let plan = compiled("ha-noi-2025");
    assert_as_read("ha-noi-2025");
    let of_2_2_3: Vec<&str> =
        plan.tasks.iter().filter_map(|t| t.reference.strip_prefix("II.2.2.3")).collect();
    assert_eq!(of_2_2_3, ["(1)", "(2)", "(3)", "(5)"]);
    assert_eq!(warned(&plan, WarningCode::NumberGap).len(), 1);
    let listed: Vec<_> = plan.targets.iter().filter(|t| t.reference.starts_with("II.1.8.")).collect();
    assert_eq!(listed.len(), 11);
    assert_eq!((listed[6].values[0].op.as_deref(), listed[6].values[0].value), (Some(">="), Some(80.0)));
}

#[test]
fn hai_phong_2024_is_a_directive_by_agency() {
    let plan = compiled("hai-phong-2024");
    assert_eq!(plan.tasks.len(), 40);
    assert_as_read("hai-phong-2024");
    assert!(plan.tasks.iter().all(|task| !task.lead.is_empty()));
    assert!(plan.tasks.iter().filter(|t| t.group == "6").all(|t| t.lead == ["Sở Tư pháp"]));
    assert_eq!(plan.document.kind.as_deref(), Some("letter"));
}

#[test]
fn every_item_names_its_lines_and_no_lead_is_missing_in_silence() {
    for name in ["ha-bac-2026", "hoang-kim-2025", "hai-phong-2025", "ha-noi-2025", "hai-phong-2024"] {
        let plan = compiled(name);
        for task in &plan.tasks {
            assert!(task.source.line_start >= 1 && task.source.line_start <= task.source.line_end);
            let told =
                warned(&plan, WarningCode::LeadMissing).iter().any(|w| w.line == task.source.line_start);
            assert!(!task.lead.is_empty() || told, "{name} {}", task.reference);
            let understood = task.due.kind != DueKind::None || task.due.raw.is_empty();
            let told =
                warned(&plan, WarningCode::DueNotUnderstood).iter().any(|w| w.line >= task.source.line_start);
            assert!(understood || told, "{name} {}", task.reference);
        }
    }
}

#[test]
fn the_json_has_the_agreed_shape() {
    let json = serde_json::to_value(compiled("ha-bac-2026")).unwrap();
    // The order of keys says nothing in JSON; it depends on how the JSON library was built.
    let keys = |value: &serde_json::Value| {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&json), ["document", "targets", "tasks", "warnings"]);
    assert_eq!(keys(&json["document"]), ["date", "issuer", "kind", "number", "period", "place", "title"]);
    let target = ["group", "group_title", "ref", "source", "text", "tracking", "unit", "values"];
    assert_eq!(keys(&json["targets"][0]), target);
    assert_eq!(keys(&json["targets"][0]["values"][0]), ["op", "period", "raw", "value"]);
    let task = ["coordinating", "due", "group", "group_title", "lead", "product", "ref", "source", "text"];
    assert_eq!(keys(&json["tasks"][0]), task);
    assert_eq!(keys(&json["tasks"][0]["due"]), ["condition", "from", "kind", "raw", "to"]);
    assert_eq!(keys(&json["warnings"][0]), ["code", "line", "message"]);
}
