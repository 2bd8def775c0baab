//! What counts as a citation of law.

use d06_procedures::model::citation::NotACitation;
use d06_procedures::model::{Citation, ProcedureCode};

#[test]
fn citations_are_taken_apart() {
    let table = [
        ("Điểm b khoản 1 Điều 22 Nghị định số 123/2015/NĐ-CP", Some("b"), Some("1"), "22", "123/2015/NĐ-CP"),
        ("khoản 2 điều 4 Thông tư 07/2023/TT-BNG", None, Some("2"), "4", "07/2023/TT-BNG"),
        ("Điều 18 Luật Hộ tịch số 60/2014/QH13", None, None, "18", "60/2014/QH13"),
        ("Điểm đ, khoản 3, Điều 38a Nghị định 31/2018/NĐ-CP", Some("đ"), Some("3"), "38a", "31/2018/NĐ-CP"),
        ("Điều 5 Nghị quyết số 66.7/2025/NQ-CP.", None, None, "5", "66.7/2025/NQ-CP"),
    ];
    for (text, point, clause, article, act) in table {
        let citation: Citation = text.parse().unwrap();
        assert_eq!((citation.point(), citation.clause()), (point, clause), "{text}");
        assert_eq!((citation.article(), citation.act()), (article, act), "{text}");
    }
}

#[test]
fn what_cannot_be_looked_up_is_no_citation() {
    let table = [
        ("theo quy định của pháp luật", NotACitation::NoArticle),
        ("Điều 22 Nghị định về hộ tịch", NotACitation::NoAct),
        ("Nghị định 123/2015/NĐ-CP", NotACitation::NoArticle),
        ("Điểm b Điều 22 Nghị định 123/2015/NĐ-CP", NotACitation::PointWithoutClause),
        ("Điều hai Nghị định 123/2015/NĐ-CP", NotACitation::NoArticle),
        ("Điều 5 Nghị định 12/15/a", NotACitation::NoAct),
        ("", NotACitation::NoArticle),
    ];
    for (text, problem) in table {
        assert_eq!(text.parse::<Citation>().unwrap_err(), problem, "{text}");
    }
    let long = format!("Điều 1 Nghị định 123/2015/NĐ-CP {}", "x".repeat(400));
    assert_eq!(long.parse::<Citation>().unwrap_err(), NotACitation::TooLong);
}

#[test]
fn procedure_codes_are_one_digit_a_point_and_six_digits() {
    assert_eq!("1.004873".parse::<ProcedureCode>().unwrap().as_str(), "1.004873");
    for wrong in ["1004873", "1.00487", "1.0048733", "a.004873", "1,004873", "", "１.004873"] {
        assert!(wrong.parse::<ProcedureCode>().is_err(), "{wrong}");
    }
    let (code, suffix) = ProcedureCode::parse_local("3.000527.H61").unwrap();
    assert_eq!((code.as_str(), suffix), ("3.000527", Some("H61")));
    assert!(ProcedureCode::parse_local("3.000527.x").is_err());
}
