//! Why a file cannot be read, in words for the person who has it.

use d06_plan::SourceError;

/// Why a file cannot be read as a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// More bytes, lines or text than a plan can have.
    #[error("the file is too large for a plan (at most 50 MB)")]
    TooLarge,
    /// Neither text nor a kind that is read.
    #[error("this is not a text, Word, Excel or PDF file")]
    UnknownKind,
    /// A picture.
    #[error("this is a picture: run text recognition over it first, or take the original file")]
    Picture,
    /// Word or Excel before 2007, or a newer one locked with a password.
    #[error("this is an old or locked Office file: open it and save it as .docx or .xlsx without password")]
    OldOffice,
    /// Rich text or OpenDocument.
    #[error("this format is not read: save it as .docx, .xlsx or .pdf")]
    OtherOffice,
    /// Text in an encoding that is not known.
    #[error("the text is neither Unicode nor TCVN3: save it as UTF-8")]
    Encoding,
    /// A Word or Excel file that is cut off or broken.
    #[error("the Office file is damaged")]
    DamagedOffice,
    /// An archive that unpacks to more than a document can be, or is nested beyond reason.
    #[error("the file unpacks to far more than a plan can be; it was not read")]
    Explodes,
    /// A PDF that is cut off or broken.
    #[error("the PDF is damaged")]
    DamagedPdf,
    /// A PDF locked with a password.
    #[error("the PDF is locked with a password")]
    LockedPdf,
    /// A PDF of pictures only.
    #[error("the PDF is a scan without text: run text recognition over it first")]
    ScannedPdf,
}

impl ReadError {
    /// Every error, in the order of this declaration.
    pub const ALL: [Self; 12] = [
        Self::Empty,
        Self::TooLarge,
        Self::UnknownKind,
        Self::Picture,
        Self::OldOffice,
        Self::OtherOffice,
        Self::Encoding,
        Self::DamagedOffice,
        Self::Explodes,
        Self::DamagedPdf,
        Self::LockedPdf,
        Self::ScannedPdf,
    ];

    /// The stable code, for messages and tests.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "plan.file-empty",
            Self::TooLarge => "plan.file-too-large",
            Self::UnknownKind => "plan.file-unknown",
            Self::Picture => "plan.file-picture",
            Self::OldOffice => "plan.file-old-office",
            Self::OtherOffice => "plan.file-other-office",
            Self::Encoding => "plan.file-encoding",
            Self::DamagedOffice => "plan.file-damaged-office",
            Self::Explodes => "plan.file-explodes",
            Self::DamagedPdf => "plan.file-damaged-pdf",
            Self::LockedPdf => "plan.file-locked-pdf",
            Self::ScannedPdf => "plan.file-scanned-pdf",
        }
    }

    /// In Vietnamese; `Display` gives English.
    pub fn in_vietnamese(self) -> &'static str {
        match self {
            Self::Empty => "tệp rỗng, không có chữ nào",
            Self::TooLarge => "tệp quá lớn so với một kế hoạch (tối đa 50 MB)",
            Self::UnknownKind => "đây không phải tệp văn bản, Word, Excel hay PDF",
            Self::Picture => "đây là tệp ảnh: hãy nhận dạng chữ trước, hoặc dùng tệp gốc",
            Self::OldOffice => {
                "đây là tệp Office đời cũ hoặc có mật khẩu: hãy mở và lưu lại thành .docx hoặc .xlsx không mật khẩu"
            }
            Self::OtherOffice => "chưa đọc được định dạng này: hãy lưu lại thành .docx, .xlsx hoặc .pdf",
            Self::Encoding => "bảng mã không phải Unicode hay TCVN3: hãy lưu lại bằng UTF-8",
            Self::DamagedOffice => "tệp Office bị hỏng",
            Self::Explodes => "tệp nén bung ra lớn bất thường nên không được đọc",
            Self::DamagedPdf => "tệp PDF bị hỏng",
            Self::LockedPdf => "tệp PDF có mật khẩu",
            Self::ScannedPdf => "tệp PDF chỉ là bản quét, không có lớp chữ: hãy nhận dạng chữ trước",
        }
    }
}

impl From<SourceError> for ReadError {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Empty => Self::Empty,
            SourceError::TooLarge | SourceError::LineTooLong(_) => Self::TooLarge,
            SourceError::NotText => Self::UnknownKind,
            SourceError::NotUtf8(_) => Self::Encoding,
        }
    }
}
