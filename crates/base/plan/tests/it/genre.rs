//! Layouts of other localities: the rules are written for the genre.

use d06_plan::{Compiled, DueKind, Source, WarningCode, compile};

fn plan(text: &str) -> Compiled {
    compile(&Source::from_text(text).unwrap())
}

#[test]
fn columns_in_another_order_and_as_above() {
    let plan = plan(
        "STT\tThời hạn\tĐơn vị thực hiện\tNội dung công việc\tĐơn vị phối hợp\tSản phẩm\n\
         1\tQuý II/2026\tSở Y tế\tLiên thông hồ sơ sức khỏe\tCông an tỉnh\tBáo cáo\n\
         2\tNhư trên\t-nt-\tTích hợp giấy chuyển tuyến\tnhư trên\tHệ thống\n",
    );
    assert_eq!(plan.tasks.len(), 2);
    assert_eq!(plan.tasks[1].lead, ["Sở Y tế"]);
    assert_eq!(plan.tasks[1].coordinating, ["Công an tỉnh"]);
    assert_eq!(plan.tasks[1].due, plan.tasks[0].due);
    assert_eq!(plan.tasks[0].due.kind, DueKind::Quarter);
    assert!(plan.warnings.iter().any(|w| w.code == WarningCode::AsAbove && w.line == 3));
}

#[test]
fn rows_split_by_conversion_join_again() {
    let plan = plan(
        "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian hoàn thành\n\
         1\tRà soát, làm sạch dữ liệu\tSở Tư\tTháng\n\
         \thộ tịch toàn tỉnh\tpháp\t6/2026\n",
    );
    assert_eq!(plan.tasks.len(), 1);
    assert_eq!(plan.tasks[0].text, "Rà soát, làm sạch dữ liệu hộ tịch toàn tỉnh");
    assert_eq!(plan.tasks[0].lead, ["Sở Tư pháp"]);
    assert_eq!(plan.tasks[0].due.to.unwrap().to_string(), "2026-06-30");
    assert_eq!(plan.tasks[0].source.line_end, 3);
}

#[test]
fn targets_in_prose() {
    let plan = plan(
        "KẾ HOẠCH\nTriển khai Đề án 06 năm 2026\nI. MỤC TIÊU\n1. Mục tiêu cụ thể\n\
         - Trên 95% công dân đủ điều kiện được cấp căn cước.\n\
         - Tối thiểu 70% hồ sơ được nộp trực tuyến.\n\
         - Nâng cao nhận thức của người dân.\n",
    );
    assert_eq!(plan.targets.len(), 2);
    assert_eq!(plan.targets[0].values[0].op.as_deref(), Some(">"));
    assert_eq!(plan.targets[1].values[0].period, "2026");
}

#[test]
fn a_directive_whose_headings_are_bare_agencies() {
    let plan = plan(
        "CHỈ THỊ\nVề việc đẩy mạnh Đề án 06\n\
         1. Sở Y tế:\n- Chủ trì liên thông dữ liệu khám chữa bệnh.\n- Hướng dẫn các cơ sở y tế.\n\
         2. Giao Ủy ban nhân dân các xã, phường\na) Tuyên truyền tới người dân.\n\
         b) Báo cáo kết quả trước ngày 15/6/2026.\n",
    );
    assert_eq!(plan.tasks.len(), 4);
    assert_eq!(plan.tasks[0].lead, ["Sở Y tế"]);
    assert_eq!(plan.tasks[3].lead, ["Ủy ban nhân dân các xã, phường"]);
    assert_eq!(plan.tasks[3].due.to.unwrap().to_string(), "2026-06-15");
}

#[test]
fn a_plan_whose_tasks_stand_in_the_part_on_organisation() {
    let plan = plan(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Bảo đảm thống nhất.\nII. TỔ CHỨC THỰC HIỆN\n\
         1. Công an xã chủ trì, phối hợp với các đơn vị làm sạch dữ liệu, hoàn thành trước ngày 30/9/2026.\n\
         2. Trạm Y tế xã cập nhật sổ sức khỏe.\n",
    );
    assert_eq!(plan.tasks.len(), 2);
}

#[test]
fn a_table_without_known_words_is_told() {
    let plan = plan("a\tb\tc\nx\ty\tz\n");
    assert!(plan.tasks.is_empty() && plan.targets.is_empty());
    assert!(plan.warnings.iter().any(|w| w.code == WarningCode::TableUnknown && w.line == 1));
    assert!(plan.warnings.iter().any(|w| w.code == WarningCode::NothingFound));
}

#[test]
fn the_date_may_stand_below_the_title() {
    let plan = plan(include_str!("../genre/phuong-ngay-duoi-ten.txt"));
    let document = &plan.document;
    assert_eq!(document.date.as_deref(), Some("2026-01-12"));
    assert_eq!(document.place.as_deref(), Some("Phường Đông Hải"));
    let title = "Thực hiện chuyển đổi số và Đề án 06 trên địa bàn phường Đông Hải năm 2026";
    assert_eq!(document.title.as_deref(), Some(title));
    assert_eq!(document.period.to.map(|day| day.to_string()).as_deref(), Some("2026-12-31"));
}
