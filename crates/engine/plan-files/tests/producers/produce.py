"""Renders a plan in plain text as Word, spreadsheet and PDF with programs of other hands: python-docx, openpyxl,
LibreOffice. A tab parts cells; rows that follow each other are a table; an empty cell of a header below or beside a
filled one is merged with it.

    produce.py TEXT FOLDER          writes FOLDER/<name>.docx and .xlsx; PDF with: soffice --convert-to pdf
"""

import pathlib
import re
import sys

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt

TAGS = re.compile(r"</?(?:b|i|u|ul|li)\b[^>]*>|\*\*")


def clean(text):
    """Marks of Markdown and HTML are gone in a real Word document."""
    return TAGS.sub("", text)


def blocks(lines):
    """Paragraphs (str) and tables (list of rows)."""
    rows = []
    for line in lines:
        if "\t" in line:
            rows.append([clean(cell).strip() for cell in line.split("\t")])
            continue
        if rows:
            yield rows
            rows = []
        yield clean(line)
    if rows:
        yield rows


def header_merges(rows):
    """Ranges (row, column, row, column) that a two-row header merges."""
    if len(rows) < 2 or rows[1][0] or not rows[0][0] or not any(rows[1]):
        return []
    width = len(rows[0])
    merges = []
    column = 0
    while column < width:
        end = column
        while end + 1 < width and not rows[0][end + 1] and rows[1][end + 1]:
            end += 1
        below = rows[1][column] if column < len(rows[1]) else ""
        if end > column:
            merges.append((0, column, 0, end))
        elif not below:
            merges.append((0, column, 1, column))
        column = end + 1
    return merges


def write_docx(lines, path):
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    style = document.styles["Normal"]
    style.font.name = "Liberation Serif"
    style.font.size = Pt(11)
    for block in blocks(lines):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(len(row) for row in block)
        table = document.add_table(rows=len(block), cols=width, style="Table Grid")
        for cells, row in zip(table.rows, block):
            for cell, text in zip(cells.cells, row):
                cell.text = text
        for top, left, bottom, right in header_merges(block):
            text = block[top][left]
            merged = table.cell(top, left).merge(table.cell(bottom, right))
            merged.text = text
    document.save(path)


def write_xlsx(lines, path):
    book = openpyxl.Workbook()
    sheet = book.active
    row_number = 0
    for block in blocks(lines):
        if isinstance(block, str):
            row_number += 1
            if block.strip():
                sheet.cell(row_number, 1).value = block
            continue
        first = row_number + 1
        for row in block:
            row_number += 1
            for column, text in enumerate(row, 1):
                if re.fullmatch(r"\d+", text):
                    sheet.cell(row_number, column).value = int(text)
                elif text:
                    sheet.cell(row_number, column).value = text
        for top, left, bottom, right in header_merges(block):
            sheet.merge_cells(
                start_row=first + top, start_column=left + 1, end_row=first + bottom, end_column=right + 1
            )
    book.save(path)


def main():
    source, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    lines = source.read_text(encoding="utf-8-sig").splitlines()
    folder.mkdir(parents=True, exist_ok=True)
    write_docx(lines, folder / f"{source.stem}.docx")
    write_xlsx(lines, folder / f"{source.stem}.xlsx")


if __name__ == "__main__":
    main()
