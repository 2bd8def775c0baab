//! A paper as `.docx`: Decree 30/2020/NĐ-CP, Appendix I, part I. Real headings and tables, so that Word's outline works.

use crate::paper::{Block, Paper, Table as PaperTable};
use crate::{OfficeError, clean};
use docx_rs::{
    AlignmentType, Docx, Header, LineSpacing, PageMargin, PageNum, Paragraph, Run, RunFonts,
    SpecialIndentType, Style, StyleType, Table, TableBorder, TableBorderPosition, TableCell, TableCellBorder,
    TableCellBorderPosition, TableLayoutType, TableRow, WidthType,
};
use std::io::Cursor;

/// Twentieths of a point in a millimetre, times ten.
const TWIPS_PER_10_MM: i32 = 567;
/// Width of the text: A4 without 30 mm on the left and 18 mm on the right.
const TEXT_WIDTH: usize = 9_185;
/// Half-points.
const BODY: usize = 26;

/// Writes the paper.
///
/// # Errors
/// The archive cannot be written.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, OfficeError> {
    let page_number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut document = Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(
            PageMargin::new()
                .top(2 * TWIPS_PER_10_MM)
                .bottom(2 * TWIPS_PER_10_MM)
                .left(3 * TWIPS_PER_10_MM)
                .right(18 * TWIPS_PER_10_MM / 10),
        )
        .default_fonts(fonts())
        .default_size(BODY)
        // Page numbers stand in the upper margin from the second page on.
        .title_pg()
        .first_header(Header::new())
        .header(Header::new().add_paragraph(page_number))
        .add_style(heading_style("Heading1", "heading 1", true))
        .add_style(heading_style("Heading2", "heading 2", false))
        .add_table(head(paper))
        .add_paragraph(centred(&paper.title.to_uppercase(), 28).line_spacing(LineSpacing::new().before(240)))
        .add_paragraph(centred(&paper.about, 28).line_spacing(LineSpacing::new().after(240)));
    if let Some(to) = &paper.to {
        let words = Run::new().add_text(clean(&format!("Kính gửi: {to}")));
        document = document.add_paragraph(Paragraph::new().align(AlignmentType::Center).add_run(words));
    }
    // The signature never stands alone on a page: the last passage goes with it.
    let last = paper.blocks.len();
    for (place, block) in (1..).zip(&paper.blocks) {
        document = match block {
            Block::Heading { level, text } => {
                let style = if *level == 1 { "Heading1" } else { "Heading2" };
                let heading = Paragraph::new().style(style).add_run(Run::new().add_text(clean(text)));
                document.add_paragraph(
                    heading.keep_next(true).line_spacing(LineSpacing::new().before(120).after(60)),
                )
            }
            Block::Paragraph { text } => text
                .lines()
                .fold(document, |document, line| document.add_paragraph(body(line).keep_next(place == last))),
            Block::Table(table) => document.add_table(grid(table)).add_paragraph(Paragraph::new()),
        };
    }
    document = document.add_paragraph(Paragraph::new().keep_next(true)).add_table(foot(paper));
    if let Some(proof) = &paper.proof {
        let words = Run::new().add_text(clean(proof)).size(18).italic();
        document = document.add_paragraph(Paragraph::new().add_run(words));
    }
    let mut bytes = Cursor::new(Vec::new());
    let mut built = document.build();
    built.styles = with_default_style(&built.styles);
    built.pack(&mut bytes).map_err(|error| OfficeError(error.to_string()))?;
    Ok(bytes.into_inner())
}

/// Says which style is that of paragraphs which name none (ECMA-376 part 1, 17.7.4.17): the library does not, and a
/// program that asks for the style of such a paragraph gets no answer.
fn with_default_style(styles: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(styles)
        .replacen(r#"w:styleId="Normal""#, r#"w:default="1" w:styleId="Normal""#, 1)
        .into_bytes()
}

fn fonts() -> RunFonts {
    let name = "Times New Roman";
    RunFonts::new().ascii(name).hi_ansi(name).cs(name).east_asia(name)
}

fn heading_style(id: &str, name: &str, bold_upright: bool) -> Style {
    let style = Style::new(id, StyleType::Paragraph).name(name).size(BODY).bold();
    if bold_upright { style } else { style.italic() }
}

fn text(words: &str, size: usize) -> Run {
    Run::new().add_text(clean(words)).size(size)
}

fn centred(words: &str, size: usize) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(text(words, size).bold())
}

/// A paragraph of the body: justified, first line indented by 10 mm, six points after.
fn body(line: &str) -> Paragraph {
    Paragraph::new()
        .align(AlignmentType::Both)
        .indent(None, Some(SpecialIndentType::FirstLine(TWIPS_PER_10_MM)), None, None)
        .line_spacing(LineSpacing::new().after(120))
        .add_run(text(line, BODY))
}

/// Cells 1 to 4 of the map: agency and number, national words, place and date.
fn head(paper: &Paper) -> Table {
    let line = |run: Run| Paragraph::new().align(AlignmentType::Center).add_run(run);
    let mut left = TableCell::new().width(3_900, WidthType::Dxa);
    if let Some(parent) = &paper.parent {
        left = left.add_paragraph(line(text(&parent.to_uppercase(), 24)));
    }
    left = left
        .add_paragraph(line(text(&paper.agency.to_uppercase(), 24).bold()))
        .add_paragraph(line(text("───────", 16)))
        .add_paragraph(line(text(&format!("Số: {}", paper.number), BODY)));
    let right = TableCell::new()
        .width(TEXT_WIDTH - 3_900, WidthType::Dxa)
        .add_paragraph(line(text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 24).bold()))
        .add_paragraph(line(text("Độc lập - Tự do - Hạnh phúc", BODY).bold().underline("single")))
        .add_paragraph(line(text(&format!("{}, {}", paper.place, paper.date), BODY).italic()));
    bare(vec![TableRow::new(vec![left, right])]).set_grid(vec![3_900, TEXT_WIDTH - 3_900])
}

/// Cells 7 and 9: recipients on the left, who signs on the right.
fn foot(paper: &Paper) -> Table {
    let mut left = TableCell::new()
        .width(4_400, WidthType::Dxa)
        .add_paragraph(Paragraph::new().add_run(text("Nơi nhận:", 24).bold().italic()));
    for one in &paper.recipients {
        left = left.add_paragraph(Paragraph::new().add_run(text(&format!("- {one}"), 22)));
    }
    let line = |run: Run| Paragraph::new().align(AlignmentType::Center).add_run(run);
    let mut right = TableCell::new().width(TEXT_WIDTH - 4_400, WidthType::Dxa);
    for one in &paper.signatory.authority {
        right = right.add_paragraph(line(text(&one.to_uppercase(), BODY).bold()));
    }
    // Room for the signature.
    for _ in 0..4 {
        right = right.add_paragraph(Paragraph::new());
    }
    right = right.add_paragraph(line(text(&paper.signatory.name, BODY).bold()));
    bare(vec![TableRow::new(vec![left, right]).cant_split()]).set_grid(vec![4_400, TEXT_WIDTH - 4_400])
}

fn bare(rows: Vec<TableRow>) -> Table {
    Table::without_borders(rows).width(TEXT_WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed)
}

/// A table of the body.
fn grid(table: &PaperTable) -> Table {
    let all: u32 = table.widths.iter().sum::<u32>().max(1);
    let widths: Vec<usize> = table
        .widths
        .iter()
        .map(|width| TEXT_WIDTH * usize::try_from(*width).unwrap_or(1) / usize::try_from(all).unwrap_or(1))
        .collect();
    let cell = |place: usize, words: &str, head: bool| {
        let run = if head { text(words, 24).bold() } else { text(words, 24) };
        let align = if head { AlignmentType::Center } else { AlignmentType::Left };
        let mut cell = TableCell::new().width(widths.get(place).copied().unwrap_or(0), WidthType::Dxa);
        for position in [
            TableCellBorderPosition::Top,
            TableCellBorderPosition::Bottom,
            TableCellBorderPosition::Left,
            TableCellBorderPosition::Right,
        ] {
            cell = cell.set_border(TableCellBorder::new(position).size(4));
        }
        cell.add_paragraph(Paragraph::new().align(align).add_run(run))
    };
    let row = |words: &Vec<String>, head: bool| {
        TableRow::new(words.iter().enumerate().map(|(place, words)| cell(place, words, head)).collect())
            .cant_split()
    };
    let rows =
        std::iter::once(row(&table.head, true)).chain(table.rows.iter().map(|words| row(words, false)));
    Table::new(rows.collect())
        .width(TEXT_WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .set_border(TableBorder::new(TableBorderPosition::Top).size(4))
        .set_grid(widths)
}
