"""Says what python-docx or openpyxl reads in a file, a line for each thing.

usage: read.py docx|xlsx FILE
"""

import sys

import docx
import openpyxl


def read_docx(path: str) -> None:
    document = docx.Document(path)
    for paragraph in document.paragraphs:
        print(f"{paragraph.style.name}|{paragraph.text}")
    for table in document.tables:
        for row in table.rows:
            print("|".join(["table"] + [cell.text for cell in row.cells]))
    section = document.sections[0]
    millimetres = [round(side.mm) for side in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)]
    print(f"page|{round(section.page_width.mm)}x{round(section.page_height.mm)}|{' '.join(map(str, millimetres))}")
    fonts = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")[0]
    name = fonts.xpath("w:rFonts/@w:ascii")[0]
    size = int(fonts.xpath("w:sz/@w:val")[0]) / 2
    print(f"font|{name}|{size}")


def read_xlsx(path: str) -> None:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    print(f"{sheet.title}!{cell.coordinate}|{cell.value}")
                elif cell.data_type == "s":
                    print(f"{sheet.title}!{cell.coordinate}|text")


{"docx": read_docx, "xlsx": read_xlsx}[sys.argv[1]](sys.argv[2])
