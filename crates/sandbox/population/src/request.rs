//! Reads the request message `TraCuuThongTinCongDan`.

use d06_kernel::person::PersonalNumber;
use d06_kernel::port::population::PersonField;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// Namespace of the header.
pub(crate) const HEADER_NS: &str = "http://dancuquocgia.bca";
/// Namespace of the citizen message (QCVN 109:2017/BTTTT).
pub(crate) const CITIZEN_NS: &str = "http://www.mic.gov.vn/dancu/1.0";
/// Namespace of SOAP 1.1.
pub(crate) const SOAP_NS: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// Names of the groups in the message.
pub(crate) const GROUPS: [(&str, PersonField); 19] = [
    ("HoVaTen", PersonField::Name),
    ("NgayThangNamSinh", PersonField::BirthDate),
    ("GioiTinh", PersonField::Sex),
    ("DanToc", PersonField::Ethnicity),
    ("QuocTich", PersonField::Nationality),
    ("NoiDangKyKhaiSinh", PersonField::BirthRegistrationPlace),
    ("QueQuan", PersonField::Origin),
    ("ThuongTru", PersonField::PermanentResidence),
    ("TamTru", PersonField::TemporaryResidence),
    ("NoiOHienTai", PersonField::CurrentResidence),
    ("TinhTrangHonNhan", PersonField::MaritalStatus),
    ("Cha", PersonField::Father),
    ("Me", PersonField::Mother),
    ("VoChong", PersonField::Spouse),
    ("ChuHo", PersonField::HouseholdHead),
    ("ThanhVienHoGiaDinh", PersonField::HouseholdMembers),
    ("TheCanCuoc", PersonField::IdentityCard),
    ("SoCMND", PersonField::OldNumber),
    ("NgayChet", PersonField::Death),
];

/// One query, checked.
pub(crate) struct Query {
    pub(crate) id: String,
    pub(crate) subject: PersonalNumber,
    pub(crate) fields: BTreeSet<PersonField>,
}

/// Reads a query. Every query must say who asks (officer and unit), for which dossier or procedure and why
/// (Circular 46/2022/TT-BCA); the error is the code of what is wrong.
pub(crate) fn read(body: &str) -> Result<Query, &'static str> {
    let options = ParsingOptions { nodes_limit: 500, ..ParsingOptions::default() };
    let document = Document::parse_with_options(body, options).map_err(|_| "XML_KHONG_HOP_LE")?;
    let envelope = document.root_element();
    let header = child(envelope, SOAP_NS, "Header").ok_or("THIEU_PHAN_DAU")?;
    for (name, missing) in [
        ("MaCanBo", "THIEU_MA_CAN_BO"),
        ("MaDonVi", "THIEU_MA_DON_VI"),
        ("MaThamChieu", "THIEU_MA_HO_SO"),
        ("MucDich", "THIEU_MUC_DICH"),
    ] {
        text(header, HEADER_NS, name).ok_or(missing)?;
    }
    let id = text(header, HEADER_NS, "MaYeuCau").ok_or("THIEU_MA_YEU_CAU")?;
    let query = child(envelope, SOAP_NS, "Body")
        .and_then(|body| child(body, CITIZEN_NS, "TraCuuThongTinCongDan"))
        .ok_or("THIEU_NOI_DUNG")?;
    let subject = text(query, CITIZEN_NS, "SoDinhDanh")
        .and_then(|number| number.parse().ok())
        .ok_or("SO_DINH_DANH_KHONG_HOP_LE")?;
    let mut fields = BTreeSet::new();
    for group in query.children().filter(|node| node.has_tag_name((CITIZEN_NS, "NhomThongTin"))) {
        let name = group.text().unwrap_or_default().trim();
        let (_, field) =
            GROUPS.iter().find(|(known, _)| *known == name).ok_or("NHOM_THONG_TIN_KHONG_HOP_LE")?;
        fields.insert(*field);
    }
    if fields.is_empty() {
        return Err("THIEU_NHOM_THONG_TIN");
    }
    Ok(Query { id: id.to_owned(), subject, fields })
}

fn child<'a, 'd>(node: Node<'a, 'd>, namespace: &str, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| child.has_tag_name((namespace, name)))
}

fn text<'a>(node: Node<'a, '_>, namespace: &str, name: &str) -> Option<&'a str> {
    child(node, namespace, name)?.text().map(str::trim).filter(|text| !text.is_empty())
}
