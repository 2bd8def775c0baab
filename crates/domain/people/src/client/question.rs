//! Writes the question `TraCuuThongTinCongDan` (QCVN 109:2017/BTTTT).

use super::code::GROUPS;
use crate::purpose::Asker;
use d06_kernel::port::population::LookUp;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use std::io;

/// Namespace of the header.
pub(super) const HEADER_NS: &str = "http://dancuquocgia.bca";
/// Namespace of the citizen message.
pub(super) const CITIZEN_NS: &str = "http://www.mic.gov.vn/dancu/1.0";
/// Namespace of SOAP 1.1.
pub(super) const SOAP_NS: &str = "http://schemas.xmlsoap.org/soap/envelope/";

/// The message. Every question says who asks, for which unit and dossier, and why (Circular 46/2022/TT-BCA).
pub(super) fn write(id: &str, asker: &Asker, question: &LookUp) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    let envelope = writer.create_element("soap:Envelope");
    envelope.with_attributes([("xmlns:soap", SOAP_NS), ("xmlns:bca", HEADER_NS)]).write_inner_content(
        |writer| {
            writer.create_element("soap:Header").write_inner_content(|writer| {
                text(writer, "bca:MaYeuCau", id)?;
                text(writer, "bca:MaDonVi", &asker.unit)?;
                text(writer, "bca:MaCanBo", &asker.officer())?;
                text(writer, "bca:MaThamChieu", &question.purpose.reference)?;
                text(writer, "bca:MucDich", &question.purpose.code)
            })?;
            writer.create_element("soap:Body").write_inner_content(|writer| {
                let query =
                    writer.create_element("TraCuuThongTinCongDan").with_attribute(("xmlns", CITIZEN_NS));
                query.write_inner_content(|writer| {
                    text(writer, "SoDinhDanh", question.subject.as_str())?;
                    for (name, field) in GROUPS {
                        if question.fields.contains(&field) {
                            text(writer, "NhomThongTin", name)?;
                        }
                    }
                    Ok(())
                })?;
                Ok(())
            })?;
            Ok(())
        },
    )?;
    Ok(writer.into_inner())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text))?;
    Ok(())
}
