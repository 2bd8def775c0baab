//! Writes the answer message `CongdanCollection`, and faults.

use crate::database::Database;
use crate::request::{CITIZEN_NS, HEADER_NS, SOAP_NS};
use d06_kernel::person::{PartialDate, PersonalNumber, Sex};
use d06_kernel::port::population::{Address, MaritalStatus, PersonRecord, RelatedPerson};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};
use std::io;

/// The message being written.
struct Message(Writer<Vec<u8>>);

impl Message {
    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.0.create_element(name).write_text_content(BytesText::new(text))?;
        Ok(())
    }

    fn optional(&mut self, name: &str, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| self.text(name, text))
    }

    fn inside(&mut self, name: &str, content: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        self.with(BytesStart::new(name), content)
    }

    fn with(
        &mut self,
        start: BytesStart<'_>,
        content: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let end = start.to_end().into_owned();
        self.0.write_event(Event::Start(start))?;
        content(self)?;
        self.0.write_event(Event::End(end))
    }

    fn name(&mut self, full: &str) -> io::Result<()> {
        let words: Vec<&str> = full.split_whitespace().collect();
        let (family, middle, given) = match words.as_slice() {
            [] => (None, None, ""),
            [given] => (None, None, *given),
            [family, middle @ .., given] => {
                (Some(*family), (!middle.is_empty()).then(|| middle.join(" ")), *given)
            }
        };
        self.inside("HoVaTen", |m| {
            m.optional("Ho", family)?;
            m.optional("ChuDem", middle.as_deref())?;
            m.text("Ten", given)
        })
    }

    fn date(&mut self, name: &str, date: PartialDate) -> io::Result<()> {
        self.inside(name, |m| {
            m.text("Nam", &format!("{:04}", date.year()))?;
            m.optional("NgayThangNam", date.day().map(|day| day.format("%Y%m%d").to_string()).as_deref())
        })
    }

    fn address(&mut self, name: &str, address: Option<&Address>) -> io::Result<()> {
        let Some(address) = address else { return Ok(()) };
        self.inside(name, |m| {
            m.text("MaTinhThanh", &address.province_code)?;
            m.text("MaPhuongXa", &address.commune_code)?;
            m.text("ChiTiet", &address.detail)?;
            m.text("DiaChiDayDu", &address.text)?;
            m.text("QuocGia", "VN")
        })
    }

    fn related(&mut self, name: &str, person: Option<&RelatedPerson>) -> io::Result<()> {
        let Some(person) = person else { return Ok(()) };
        self.inside(name, |m| {
            m.optional("QuanHe", person.relation.as_deref())?;
            m.name(&person.name)?;
            m.text("QuocTich", "VN")?;
            m.optional("SoDinhDanh", person.number.as_ref().map(PersonalNumber::as_str))
        })
    }
}

/// The answer to one request: at most one citizen.
pub(crate) fn collection(
    database: &Database,
    request: &str,
    found: Option<(PersonalNumber, &PersonRecord)>,
) -> io::Result<Vec<u8>> {
    envelope(|m| {
        m.with(BytesStart::new("CongdanCollection").with_attributes([("xmlns", CITIZEN_NS)]), |m| {
            if let Some((number, record)) = found {
                m.inside("CongDan", |m| citizen(m, database, number, record))?;
            }
            m.text("GhiChu", if found.is_some() { "" } else { "KHONG_TIM_THAY_CONG_DAN" })?;
            m.text("ThoiDiemDuLieu", &database.cx().now().to_rfc3339())?;
            m.text("Id", request)
        })
    })
}

/// A SOAP fault.
pub(crate) fn fault(code: &str) -> io::Result<Vec<u8>> {
    envelope(|m| {
        m.inside("soap:Fault", |m| {
            m.text("faultcode", code)?;
            m.text("faultstring", code)
        })
    })
}

fn envelope(body: impl FnOnce(&mut Message) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut message = Message(Writer::new(Vec::new()));
    message.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let start = BytesStart::new("soap:Envelope");
    message.with(start.with_attributes([("xmlns:soap", SOAP_NS), ("xmlns:bca", HEADER_NS)]), |m| {
        m.inside("soap:Body", body)
    })?;
    Ok(message.0.into_inner())
}

fn citizen(
    m: &mut Message,
    database: &Database,
    number: PersonalNumber,
    record: &PersonRecord,
) -> io::Result<()> {
    m.text("SoDinhDanh", number.as_str())?;
    m.optional("SoCMND", record.old_number.as_deref())?;
    if let Some(name) = &record.name {
        m.name(name)?;
    }
    m.optional("GioiTinh", record.sex.map(|sex| if sex == Sex::Male { "1" } else { "2" }))?;
    m.optional("DanToc", record.ethnicity.as_deref().map(|name| database.ethnic_code(name)))?;
    m.optional("TinhTrangHonNhan", record.marital_status.map(marital_code))?;
    if let Some(birth) = record.birth_date {
        m.date("NgayThangNamSinh", birth)?;
    }
    m.optional("QuocTich", record.nationality.as_ref().map(|_| "VN"))?;
    m.address("NoiDangKyKhaiSinh", record.birth_registration_place.as_ref())?;
    m.address("QueQuan", record.origin.as_ref())?;
    m.address("ThuongTru", record.permanent_residence.as_ref())?;
    m.address("TamTru", record.temporary_residence.as_ref())?;
    m.address("NoiOHienTai", record.current_residence.as_ref())?;
    m.related("Cha", record.father.as_ref())?;
    m.related("Me", record.mother.as_ref())?;
    m.related("VoChong", record.spouse.as_ref())?;
    m.related("ChuHo", record.household_head.as_ref())?;
    if let Some(members) = &record.household_members {
        m.inside("ThanhVienHoGiaDinh", |m| {
            members.iter().try_for_each(|member| m.related("ThanhVien", Some(member)))
        })?;
    }
    if let Some(card) = &record.identity_card {
        m.inside("TheCanCuoc", |m| {
            m.text("NgayCap", &card.issued_on.format("%Y%m%d").to_string())?;
            m.optional("NgayHetHan", card.expires_on.map(|day| day.format("%Y%m%d").to_string()).as_deref())?;
            m.text("NoiCap", &card.issued_by)
        })?;
    }
    if let Some(death) = record.death_date {
        m.date("NgayChet", death)?;
    }
    Ok(())
}

fn marital_code(status: MaritalStatus) -> &'static str {
    match status {
        MaritalStatus::Unknown => "0",
        MaritalStatus::Single => "1",
        MaritalStatus::Married => "2",
        MaritalStatus::Divorced => "3",
        MaritalStatus::Widowed => "4",
    }
}
