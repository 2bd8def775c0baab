//! Four real decisions, read and compared with what a person found in them.

use crate::CATALOGUE;
use d06_procedures::model::definition::{StepTime, TermRule};
use d06_procedures::model::workflow_import::{ImportedDecision, PerformerMap, WarningKind, import};
use proptest::prelude::*;

const CAO_BANG_CHILDREN: &str =
    include_str!("../../../../../data/procedures/workflows/BaoTroXaHoi-TreEm.txt");
const CAO_BANG_SCHOOLS: &str =
    include_str!("../../../../../data/procedures/workflows/GiaoDuc-PhiDiaGioi.txt");
const VINH_LONG: &str = include_str!("../../../../../data/procedures/workflows/CapXa-CaiNghien.txt");
const HA_TINH: &str = include_str!("../../../../../data/procedures/workflows/HaTinh-ChungThuc.txt");

fn minutes(decision: &ImportedDecision, at: usize) -> Vec<Option<u32>> {
    decision.workflows[at]
        .steps
        .iter()
        .map(|s| match s.time {
            StepTime::WorkingMinutes(m) => Some(m),
            _ => None,
        })
        .collect()
}

fn kinds(decision: &ImportedDecision) -> Vec<WarningKind> {
    decision.warnings.iter().map(|w| w.kind).collect()
}

#[test]
fn the_head_of_each_decision_is_read() {
    let table = [
        (CAO_BANG_CHILDREN, "2022/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "2025-11-27"),
        (CAO_BANG_SCHOOLS, "1994/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "2025-11-24"),
        (VINH_LONG, "2682/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH VĨNH LONG", "2025-11-20"),
        (HA_TINH, "2873/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH", "2025-11-19"),
    ];
    for (text, act, issuer, date) in table {
        let decision = import(text);
        assert_eq!(decision.act.as_deref(), Some(act));
        assert_eq!(decision.issuer.as_deref(), Some(issuer));
        assert_eq!(decision.date, Some(date.parse().unwrap()));
    }
}

#[test]
fn cao_bang_2022_holds_18_procedures_in_21_workflows() {
    let decision = import(CAO_BANG_CHILDREN);
    assert_eq!(decision.listed.len(), 18);
    assert_eq!(decision.listed[0].code.as_str(), "1.001806");
    assert_eq!(decision.listed[17].name, "Dừng trợ giúp xã hội tại cơ sở trợ giúp xã hội");
    let found: Vec<(String, usize, Option<u32>)> = decision
        .workflows
        .iter()
        .map(|w| (w.code.unwrap().to_string(), w.steps.len(), w.total.map(|t| t.working_minutes(480) / 480)))
        .collect();
    let expected = [
        ("1.001806", 7, Some(10)),
        ("1.012990", 5, Some(10)),
        ("1.013814", 9, Some(5)),
        ("1.013814", 9, Some(10)),
        ("1.013815", 9, Some(10)),
        ("1.013817", 9, Some(5)),
        ("1.013820", 9, Some(35)),
        ("1.012993", 9, Some(5)),
        ("2.000027", 9, Some(7)),
        ("2.000025", 9, Some(10)),
        ("1.000091", 9, Some(7)),
        ("1.014010", 9, Some(8)),
        ("1.014011", 9, Some(6)),
        ("1.004946", 7, None),
        ("1.004944", 7, Some(5)),
        ("1.004944", 7, Some(5)),
        ("2.000282", 5, Some(10)),
        ("2.001661", 12, Some(8)),
        ("2.000286", 14, Some(25)),
        ("2.000477", 5, Some(6)),
        ("2.000477", 6, Some(6)),
    ];
    let found: Vec<(&str, usize, Option<u32>)> = found.iter().map(|(c, n, t)| (c.as_str(), *n, *t)).collect();
    assert_eq!(found, expected);
}

#[test]
fn cao_bang_2022_times_add_up_and_the_odd_ones_are_warned_of() {
    let decision = import(CAO_BANG_CHILDREN);
    assert_eq!(
        minutes(&decision, 0),
        [Some(240), Some(240), Some(3360), Some(240), Some(480), Some(240), None]
    );
    assert_eq!(
        minutes(&decision, 13),
        [Some(30), Some(30), Some(240), Some(180), Some(120), Some(120), None]
    );
    assert_eq!(decision.workflows[0].steps[6].time, StepTime::NotCounted);
    let kinds = kinds(&decision);
    assert!(!kinds.contains(&WarningKind::SumDiffers), "{:?}", decision.warnings);
    assert!(!kinds.contains(&WarningKind::NoCode) && !kinds.contains(&WarningKind::CellIgnored));
    let no_total: Vec<&str> = decision
        .warnings
        .iter()
        .filter(|w| w.kind == WarningKind::NoTotal)
        .map(|w| w.text.as_str())
        .collect();
    assert_eq!(no_total.len(), 1, "procedure 13 states none");
    // Procedure 15 gives one time for all its steps; procedure 16 numbers two steps 3.
    let no_time =
        kinds.iter().filter(|k| matches!(k, WarningKind::NoTime | WarningKind::TimeNotUnderstood)).count();
    assert_eq!(no_time, 5);
    assert_eq!(kinds.iter().filter(|k| **k == WarningKind::StepNumber).count(), 1);
}

#[test]
fn cells_end_where_they_end() {
    let decision = import(CAO_BANG_CHILDREN);
    for workflow in &decision.workflows {
        for step in &workflow.steps {
            assert!(!step.content.is_empty() && !step.performer.is_empty(), "line {}", step.line);
            assert!(!step.performer.contains("Bước") && !step.content.contains("ngày làm việc\t"));
        }
    }
    let first = &decision.workflows[2].steps[0];
    assert!(first.performer.ends_with("TTPVHCC các xã, phường."), "{}", first.performer);
    assert!(first.content.starts_with("Kiểm tra, xem xét"), "{}", first.content);
    let stages: Vec<Option<&str>> = decision.workflows[17].steps.iter().map(|s| s.stage.as_deref()).collect();
    assert_eq!(stages[0], Some("Quy trình giải quyết tại cấp xã (03 ngày làm việc)"));
    assert_eq!(stages[6], Some("Quy trình giải quyết tại cấp tỉnh (05 ngày làm việc)"));
    let cases: Vec<bool> = decision.workflows.iter().map(|w| w.case.is_some()).collect();
    assert_eq!(cases.iter().filter(|c| **c).count(), 6, "three procedures have two cases each");
}

#[test]
fn vinh_long_2682_holds_one_procedure_and_its_prose_is_no_workflow() {
    let decision = import(VINH_LONG);
    assert_eq!(decision.listed.len(), 1);
    assert_eq!(decision.listed[0].suffix.as_deref(), Some("H61"));
    assert_eq!(decision.listed[0].term, Some(TermRule::WorkingDays(3)));
    assert_eq!(decision.workflows.len(), 1, "{:#?}", decision.workflows);
    let workflow = &decision.workflows[0];
    assert_eq!(workflow.code.unwrap().as_str(), "3.000527");
    assert_eq!(workflow.name, "Thủ tục Đăng ký cai nghiện ma túy tự nguyện");
    assert_eq!(minutes(&decision, 0), [Some(120), Some(120), Some(480), Some(480), Some(120), Some(120)]);
    assert_eq!(workflow.total, Some(StepTime::WorkingMinutes(1440)));
    assert!(decision.warnings.is_empty(), "{:?}", decision.warnings);
}

#[test]
fn ha_tinh_2873_lists_twelve_procedures_and_repeals_one() {
    let decision = import(HA_TINH);
    let in_force: Vec<&str> =
        decision.listed.iter().filter(|p| !p.repealed).map(|p| p.code.as_str()).collect();
    assert_eq!(
        in_force,
        [
            "2.000908", "2.000815", "2.000884", "2.000992", "2.001008", "2.001035", "2.001019", "2.001016",
            "2.001406", "2.000913", "2.000927", "2.000942"
        ]
    );
    let repealed: Vec<&str> =
        decision.listed.iter().filter(|p| p.repealed).map(|p| p.code.as_str()).collect();
    assert_eq!(repealed, ["2.001009"]);
    let term = |code: &str| decision.listed.iter().find(|p| p.code.as_str() == code).unwrap().term;
    assert_eq!(term("2.000908"), Some(TermRule::SameDay), "15:00 is the cut-off");
    assert_eq!(term("2.000815"), Some(TermRule::SameDay));
    assert_eq!(term("2.001035"), Some(TermRule::WorkingDays(2)));
    assert!(decision.workflows.is_empty());
    assert_eq!(
        kinds(&decision),
        [WarningKind::AnnexMissing],
        "the workflows are in an annex that is not here"
    );
}

#[test]
fn cao_bang_1994_lacks_its_annex() {
    let decision = import(CAO_BANG_SCHOOLS);
    assert!(decision.listed.is_empty() && decision.workflows.is_empty());
    assert_eq!(kinds(&decision), [WarningKind::AnnexMissing]);
    assert_eq!(decision.warnings[0].text, "0/40");
}

/// The workflow of a shipped definition is that of its decision: times, performers, source and words.
fn assert_shipped_as_decided(text: &str, issuer: &str, code: &str) {
    let decision = import(text);
    let imported = decision.workflows.iter().find(|w| w.code.unwrap().as_str() == code).unwrap();
    let map = PerformerMap::shipped().unwrap();
    let (workflow, warnings) = imported.to_workflow(decision.act.as_deref(), issuer, &map);
    assert!(warnings.is_empty(), "{warnings:?}");
    let day = "2026-06-15".parse().unwrap();
    let shipped = &CATALOGUE.definition(code.parse().unwrap(), day).unwrap().workflow;
    assert_eq!(workflow.source, shipped.source);
    assert_eq!(workflow.steps.len(), shipped.steps.len());
    for (imported, shipped) in workflow.steps.iter().zip(&shipped.steps) {
        assert_eq!(imported.time, shipped.time, "{}", shipped.key);
        assert_eq!(imported.performer, shipped.performer, "{}", shipped.key);
        let words = imported.name.vi.trim_start_matches("- ");
        assert!(words.starts_with(&shipped.name.vi), "{words}");
    }
}

#[test]
fn the_definitions_that_are_filed_under_are_the_decisions() {
    assert_shipped_as_decided(CAO_BANG_CHILDREN, "UBND tỉnh Cao Bằng", "1.004944");
    assert_shipped_as_decided(VINH_LONG, "UBND tỉnh Vĩnh Long", "3.000527");
}

#[test]
fn other_wordings_of_the_genre_are_read() {
    let text = "UBND TỈNH X\nSố: 12/QĐ-UBND\tX, ngày 3 tháng 2 năm 2026\n\
        1. Thủ tục: Cấp bản sao trích lục hộ tịch (Mã số TTHC: 2.000635.000.00.00.H40)\n\
        STT\tNội dung công việc\tThời gian (giờ)\tĐơn vị thực hiện\n\
        1\tTiếp nhận hồ sơ\t2 giờ\tCông chức một cửa\n\
        2\tThẩm định\t4h\tCông chức Tư pháp - Hộ tịch\n\
        3\tKý duyệt\t1/4 ngày\tChủ tịch UBND xã\n\
        Tổng cộng: 08 giờ\n\
        Quy trình số 2: Xác nhận điều gì đó\n\
        Bước\tNội dung\tTrách nhiệm\tThời gian\n\
        Bước 1: Tiếp nhận\tBộ phận Một cửa\tGiờ hành chính\n\
        B2. Thẩm định\tCông chức\tKhông quy định\n\
        Tổng thời gian\t03 ngày\n";
    let decision = import(text);
    assert_eq!(decision.workflows.len(), 2, "{:#?}", decision);
    let first = &decision.workflows[0];
    assert_eq!(first.steps.iter().map(|s| s.time.working_minutes(480)).collect::<Vec<_>>(), [120, 240, 120]);
    assert_eq!(first.steps[1].performer, "Công chức Tư pháp - Hộ tịch");
    assert_eq!(first.total, Some(StepTime::WorkingMinutes(480)));
    let second = &decision.workflows[1];
    assert_eq!(second.code, None);
    assert_eq!(second.steps[0].content, "Tiếp nhận");
    assert_eq!(second.steps[1].time, StepTime::Unstated);
    let kinds = kinds(&decision);
    assert!(
        kinds.contains(&WarningKind::NoCode) && kinds.contains(&WarningKind::TimeNotUnderstood),
        "{kinds:?}"
    );
}

/// A decision of one table under a heading with a code.
fn one_table(header: &str, rows: &str) -> ImportedDecision {
    import(&format!("1. Quy trình: Đăng ký khai tử (Mã TTHC: 1.000656)\n{header}\n{rows}"))
}

fn seen(decision: &ImportedDecision) -> Vec<(&str, &str, u32)> {
    assert_eq!(decision.workflows.len(), 1, "{decision:#?}");
    let steps = &decision.workflows[0].steps;
    steps.iter().map(|s| (s.content.as_str(), s.performer.as_str(), s.time.working_minutes(480))).collect()
}

#[test]
fn tables_are_read_in_whatever_order_their_columns_stand() {
    let expected = vec![("Tiếp nhận", "Công chức một cửa", 240), ("Ký duyệt", "Chủ tịch", 480)];
    let tables = [
        // The unit stands in the header.
        (
            "TT\tNội dung công việc\tNgười thực hiện\tThời gian (giờ làm việc)",
            "1\tTiếp nhận\tCông chức một cửa\t4\n2\tKý duyệt\tChủ tịch\t08\nTổng cộng\t12",
        ),
        // The performer stands before the content.
        (
            "Bước\tĐơn vị thực hiện\tNội dung công việc\tThời gian",
            "Bước 1\tCông chức một cửa\tTiếp nhận\t04 giờ\nBước 2\tChủ tịch\tKý duyệt\t08 giờ\nTổng\t12 giờ",
        ),
        // A running number stands before the step, a result after the time.
        (
            "STT\tCác bước thực hiện\tNội dung công việc\tTrách nhiệm thực hiện\tThời gian\tKết quả",
            "1\tBước 1\tTiếp nhận\tCông chức một cửa\t0,5 ngày (04 giờ)\tGiấy tiếp nhận\n\
             2\tBước 2\tKý duyệt\tChủ tịch\t01 ngày làm việc\tTrích lục\nTổng cộng: 12 giờ",
        ),
        // Every cell stands on a line of its own.
        (
            "Bước\nNội dung công việc\nNgười thực hiện\nThời gian thực hiện",
            "B1\nTiếp nhận\nCông chức một cửa\n4 giờ\nB2\nKý duyệt\nChủ tịch\n8 giờ\nTổng thời gian: 12 giờ",
        ),
        // The header is repeated on a new page, with the page's number.
        (
            "TT\tNội dung\tTrách nhiệm\tThời gian",
            "Bước 1\tTiếp nhận\tCông chức một cửa\t4 giờ\n17\nTT\tNội dung\tTrách nhiệm\tThời gian\n\
             Bước 2\tKý duyệt\tChủ tịch\t8 giờ\nTổng thời gian thực hiện\t12 giờ = 1,5 ngày",
        ),
    ];
    for (header, rows) in tables {
        let decision = one_table(header, rows);
        assert_eq!(seen(&decision), expected, "{header}");
        assert!(decision.warnings.is_empty(), "{header}: {:?}", decision.warnings);
        assert_eq!(decision.workflows[0].code.unwrap().as_str(), "1.000656");
    }
}

#[test]
fn a_sum_that_does_not_add_up_is_warned_of() {
    let decision = one_table(
        "TT\tNội dung\tTrách nhiệm\tThời gian",
        "Bước 1\tTiếp nhận\tMột cửa\t4 giờ\nBước 3\tKý\tChủ tịch\t8 giờ\nTổng thời gian\t02 ngày làm việc",
    );
    assert_eq!(kinds(&decision), [WarningKind::SumDiffers, WarningKind::StepNumber]);
    assert_eq!(decision.warnings[0].text, "720 / 960");
}

#[test]
fn what_is_left_out_is_warned_of() {
    let decision = one_table(
        "TT\tNội dung\tTrách nhiệm\tThời gian",
        "Bước 1\tTiếp nhận\tMột cửa\t4 giờ\n\tLãnh đạo phòng xem xét\tTrưởng phòng\t4 giờ\nTổng cộng\t8 giờ",
    );
    assert_eq!(decision.workflows[0].steps.len(), 1);
    let ignored = decision.warnings.iter().filter(|w| w.kind == WarningKind::CellIgnored);
    let ignored: Vec<&str> = ignored.map(|w| w.text.as_str()).collect();
    assert_eq!(ignored, ["Lãnh đạo phòng xem xét", "Trưởng phòng", "4 giờ"]);
    assert!(kinds(&decision).contains(&WarningKind::SumDiffers));
}

#[test]
fn codes_stand_in_many_places() {
    let table = "TT\tNội dung\tTrách nhiệm\tThời gian\nBước 1\tTiếp nhận\tMột cửa\t4 giờ\nTổng cộng\t4 giờ\n";
    let headings = [
        ("1. Thủ tục: Đăng ký khai tử (1.000656.000.00.00.H40)", Some("000.00.00.H40")),
        ("I. Đăng ký khai tử - Mã số TTHC: 1.000656.H40", Some("H40")),
        ("Tên thủ tục: Đăng ký khai tử\nMã số TTHC: 1.000656", None),
    ];
    for (heading, suffix) in headings {
        let decision = import(&format!("{heading}\n{table}"));
        assert_eq!(decision.workflows.len(), 1, "{heading}");
        let workflow = &decision.workflows[0];
        assert_eq!(workflow.code.map(|c| c.to_string()).as_deref(), Some("1.000656"), "{heading}");
        assert_eq!(workflow.suffix.as_deref(), suffix, "{heading}");
        assert_eq!(workflow.name, "Đăng ký khai tử", "{heading}");
    }
    let listed = format!(
        "STT\tMã TTHC\tTên thủ tục\n1\t1.000656\tĐăng ký khai tử\n2. Thủ tục đăng ký khai tử\n{table}"
    );
    let decision = import(&listed);
    assert_eq!(decision.workflows[0].code.map(|c| c.to_string()).as_deref(), Some("1.000656"));
    assert!(decision.warnings.is_empty(), "{:?}", decision.warnings);
}

proptest! {
    #[test]
    fn no_text_stops_the_reader(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("Bước 1".to_owned()), Just("Bước １２é".to_owned()), Just("\t".to_owned()),
                Just("\n".to_owned()), Just("Thời gian (giờ)".to_owned()), Just("0,5 ngày".to_owned()),
                Just("Tổng cộng:".to_owned()), Just("Mã TTHC: 1.000656".to_owned()), Just("II".to_owned()),
                Just("b) Đối với".to_owned()), Just("Quy trình".to_owned()), ".{0,12}",
            ],
            0..60,
        )
    ) {
        let text = parts.concat();
        let decision = import(&text);
        let lines = u32::try_from(text.lines().count()).unwrap();
        prop_assert!(decision.warnings.iter().all(|w| w.line <= lines));
        prop_assert!(decision.workflows.iter().all(|w| !w.steps.is_empty() && w.lines.0 <= w.lines.1));
    }
}

#[test]
fn rubbish_is_read_without_harm() {
    for text in
        ["", "\t\t\n\n", "Bước 1", "Thời gian\nBước 1\nBước 1\nBước 99", "Tổng thời gian\tTổng thời gian"]
    {
        let decision = import(text);
        assert!(decision.workflows.len() <= 1);
    }
    import(&"Bước 1\tx\ty\t1 giờ\n".repeat(2_000));
}
