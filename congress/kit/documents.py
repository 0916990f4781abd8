"""Official papers as .docx: the page, the fonts and the parts that GB/T 9704 prescribes (公文格式)."""

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from congress.kit.dates import said

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BODY, TITLE, KAI, HEI = "仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "黑体"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = Pt(22), Pt(16), Pt(14), Pt(10.5)  # 二号、三号、四号、五号
LINE = Pt(29)  # 22 lines to the page
RED = RGBColor(0xC0, 0x00, 0x00)
TOP, LEFT, BOTTOM, RIGHT = Mm(37), Mm(28), Mm(35), Mm(26)
CENTRED, RIGHT_ALIGNED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


class Paper:
    """An A4 sheet that is filled from top to bottom."""

    def __init__(self, *, landscape=False):
        self.document = Document()
        section = self.section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = TOP, LEFT, BOTTOM, RIGHT
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.left_margin = section.right_margin = Mm(26)
            section.top_margin = section.bottom_margin = Mm(28)
        self._lay_grid()
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = BODY, SIZE_3
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        self._number_pages()

    def _lay_grid(self):
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(int(LINE.pt * 20)))
        self.section._sectPr.append(grid)

    def _number_pages(self):
        """— 1 — at the foot, in the middle."""
        paragraph = self.section.footer.paragraphs[0]
        paragraph.alignment = CENTRED
        _dress(paragraph.add_run("— "), font="宋体", size=SIZE_4)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        _dress(paragraph.add_run(" —"), font="宋体", size=SIZE_4)

    def line(self, text="", *, font=BODY, size=SIZE_3, align=None, indent=0, right=0, colour=None, within=None):
        """One paragraph; `indent` and `right` count characters."""
        paragraph = (within or self.document).add_paragraph()
        layout = paragraph.paragraph_format
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, max(LINE, Pt(size.pt * 1.3))
        layout.space_before = layout.space_after = Pt(0)
        layout.first_line_indent = Pt(size.pt * indent)
        layout.right_indent = Pt(size.pt * right)
        paragraph.alignment = align
        _dress(paragraph.add_run(text), font=font, size=size, colour=colour)
        return paragraph

    def title(self, text):
        self.line(text, font=TITLE, size=SIZE_2, align=CENTRED)
        self.line()

    def body(self, text):
        """Running text; each line of it is a paragraph."""
        for each in text.splitlines() or [""]:
            self.line(each.strip(), indent=2)

    def heading(self, text):
        self.line(text, font=HEI, indent=2)

    def signed(self, name, day):
        """The signature block: the name over the date, right."""
        self.line()
        self.line(name, align=RIGHT_ALIGNED, right=2)
        self.line(said(day), align=RIGHT_ALIGNED, right=4)

    def table(self, heads, rows, *, widths, size=SIZE_5):
        """A ruled table whose head repeats on every page; widths in millimetres."""
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _fill(table.rows[0], heads, widths, size=size, font=HEI)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        for values in rows:
            row = table.add_row()
            _fill(row, values, widths, size=size, font=BODY)
            uncut = OxmlElement("w:cantSplit")
            row._tr.get_or_add_trPr().append(uncut)

    def letter_head(self, name):
        """The head of the letter format: the name in red, a double line below it, another at the foot of page one."""
        section = self.section
        section.different_first_page_header_footer = True
        section.header_distance, section.footer_distance = Mm(30), Mm(20)
        head = section.first_page_header
        paragraph = self.line(name, font=TITLE, size=Pt(30), align=CENTRED, colour=RED, within=head)
        _rule(paragraph, "bottom", "thickThinSmallGap")
        head._element.remove(head.paragraphs[0]._p)
        foot = section.first_page_footer.paragraphs[0]
        _rule(foot, "top", "thinThickSmallGap")

    def content(self):
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


def _dress(run, *, font, size, colour=None):
    run.font.name, run.font.size = font, size
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if colour is not None:
        run.font.color.rgb = colour


def _fill(row, values, widths, *, size, font):
    for cell, value, width in zip(row.cells, values, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        _dress(paragraph.add_run(str(value)), font=font, size=size)


def _rule(paragraph, side, style):
    borders = OxmlElement("w:pBdr")
    border = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", "24"), ("space", "4"), ("color", "C00000")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)
