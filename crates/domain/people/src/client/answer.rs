//! Reads the answer `CongdanCollection`. Whatever does not belong to this very question makes the whole answer
//! worthless: a record of another person must never be shown as this one's.

use super::Reply;
use super::code;
use super::question::{CITIZEN_NS, SOAP_NS};
use crate::model::record::only;
use chrono::NaiveDate;
use d06_kernel::person::PartialDate;
use d06_kernel::port::population::{Address, IdentityCard, LookUp, PersonRecord, RelatedPerson};
use d06_kernel::text::nfc;
use d06_kernel::time::Moment;
use roxmltree::{Document, Node, ParsingOptions};

/// The answer cannot be trusted.
#[derive(Debug)]
pub(super) struct BadAnswer;

type Read<T> = Result<T, BadAnswer>;

/// Elements in an answer at most.
const MOST_NODES: u32 = 20_000;

/// Reads the answer to `question`, asked under the request id `id`.
pub(super) fn read(bytes: &[u8], id: &str, question: &LookUp) -> Read<Reply> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadAnswer)?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|_| BadAnswer)?;
    let body = document.root_element().children().find(|node| node.has_tag_name((SOAP_NS, "Body")));
    let collection = body.and_then(|body| child(body, "CongdanCollection")).ok_or(BadAnswer)?;
    if text_of(collection, "Id") != Some(id) {
        return Err(BadAnswer);
    }
    let as_of = text_of(collection, "ThoiDiemDuLieu")
        .and_then(|text| text.parse::<Moment>().ok())
        .ok_or(BadAnswer)?;
    let mut citizens = collection.children().filter(|node| node.has_tag_name((CITIZEN_NS, "CongDan")));
    let Some(citizen) = citizens.next() else { return Ok(Reply { record: None, as_of }) };
    if citizens.next().is_some() || text_of(citizen, "SoDinhDanh") != Some(question.subject.as_str()) {
        return Err(BadAnswer);
    }
    // What was not asked for is dropped, even if it was sent.
    Ok(Reply { record: Some(only(record(citizen)?, &question.fields)), as_of })
}

fn record(citizen: Node<'_, '_>) -> Read<PersonRecord> {
    Ok(PersonRecord {
        name: name(citizen),
        birth_date: date(citizen, "NgayThangNamSinh")?,
        sex: text_of(citizen, "GioiTinh").and_then(code::sex),
        ethnicity: text_of(citizen, "DanToc").and_then(code::ethnic_group),
        nationality: text_of(citizen, "QuocTich").map(code::nationality),
        birth_registration_place: address(citizen, "NoiDangKyKhaiSinh"),
        origin: address(citizen, "QueQuan"),
        permanent_residence: address(citizen, "ThuongTru"),
        temporary_residence: address(citizen, "TamTru"),
        current_residence: address(citizen, "NoiOHienTai"),
        marital_status: text_of(citizen, "TinhTrangHonNhan").map(code::marital_status),
        father: related(citizen, "Cha")?,
        mother: related(citizen, "Me")?,
        spouse: related(citizen, "VoChong")?,
        household_head: related(citizen, "ChuHo")?,
        household_members: members(citizen)?,
        identity_card: identity_card(citizen)?,
        old_number: text_of(citizen, "SoCMND").map(str::to_owned),
        death_date: date(citizen, "NgayChet")?,
    })
}

fn child<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| child.has_tag_name((CITIZEN_NS, name)))
}

fn text_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.text().map(str::trim).filter(|text| !text.is_empty())
}

fn name(node: Node<'_, '_>) -> Option<String> {
    let parts = child(node, "HoVaTen")?;
    let words: Vec<&str> = ["Ho", "ChuDem", "Ten"].iter().filter_map(|part| text_of(parts, part)).collect();
    (!words.is_empty()).then(|| nfc(&words.join(" ")))
}

/// A day, or the year alone; a day that does not exist spoils the answer.
fn date(node: Node<'_, '_>, name: &str) -> Read<Option<PartialDate>> {
    let Some(parts) = child(node, name) else { return Ok(None) };
    let text = text_of(parts, "NgayThangNam").or_else(|| text_of(parts, "Nam")).ok_or(BadAnswer)?;
    text.parse().map(Some).map_err(|_| BadAnswer)
}

fn day(node: Node<'_, '_>, name: &str) -> Read<Option<NaiveDate>> {
    let Some(text) = text_of(node, name) else { return Ok(None) };
    NaiveDate::parse_from_str(text, "%Y%m%d").map(Some).map_err(|_| BadAnswer)
}

fn address(node: Node<'_, '_>, name: &str) -> Option<Address> {
    let parts = child(node, name)?;
    let part = |name| text_of(parts, name).map(nfc).unwrap_or_default();
    let detail = part("ChiTiet");
    let whole = part("DiaChiDayDu");
    Some(Address {
        province_code: part("MaTinhThanh"),
        commune_code: part("MaPhuongXa"),
        text: if whole.is_empty() { detail.clone() } else { whole },
        detail,
    })
}

fn related(node: Node<'_, '_>, element: &str) -> Read<Option<RelatedPerson>> {
    child(node, element).map(person).transpose()
}

fn person(node: Node<'_, '_>) -> Read<RelatedPerson> {
    let number = text_of(node, "SoDinhDanh").map(str::parse).transpose().map_err(|_| BadAnswer)?;
    let relation = text_of(node, "QuanHe").map(nfc);
    Ok(RelatedPerson { name: name(node).ok_or(BadAnswer)?, number, relation })
}

fn members(node: Node<'_, '_>) -> Read<Option<Vec<RelatedPerson>>> {
    let Some(list) = child(node, "ThanhVienHoGiaDinh") else { return Ok(None) };
    let members = list.children().filter(|node| node.has_tag_name((CITIZEN_NS, "ThanhVien"))).map(person);
    members.collect::<Read<Vec<_>>>().map(Some)
}

fn identity_card(node: Node<'_, '_>) -> Read<Option<IdentityCard>> {
    let Some(card) = child(node, "TheCanCuoc") else { return Ok(None) };
    Ok(Some(IdentityCard {
        issued_on: day(card, "NgayCap")?.ok_or(BadAnswer)?,
        expires_on: day(card, "NgayHetHan")?,
        issued_by: text_of(card, "NoiCap").map(nfc).unwrap_or_default(),
    }))
}
