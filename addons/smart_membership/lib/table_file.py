"""A table as a CSV or XLSX file that a spreadsheet opens without running anything in it.

A table is a list of headers and a list of rows. Cells are text, numbers, dates or None.
"""

import csv
import io
from datetime import date

import xlsxwriter

# A cell that begins so is a formula, or a control character that hides one, to some spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def harmless(text):
    """Return the text so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Consulting")
    ("'=1+1", 'Consulting')
    >>> harmless("  =1+1")
    "'  =1+1"
    """
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def csv_file(headers, rows, decimal_point="."):
    """Return the table as CSV bytes, in UTF-8 with the mark that spreadsheets look for.

    Where the decimal point is a comma, columns are cut by semicolons, as spreadsheets there do.

    >>> csv_file(["Label", "Amount"], [["=cmd", -1.5]], ",").decode("utf-8-sig").splitlines()
    ['Label;Amount', "'=cmd;-1,50"]
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if decimal_point == "," else ",")
    writer.writerow([harmless(header) for header in headers])
    for row in rows:
        writer.writerow([_csv_cell(cell, decimal_point) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell, decimal_point):
    if cell is None or cell is False:
        return ""
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", decimal_point)
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless(str(cell))


def xlsx_file(title, headers, rows):
    """Return the table as XLSX bytes; text is written as text, never as formula or link.

    >>> xlsx_file("Movements", ["Label"], [["=1+1"]])[:2]
    b'PK'
    """
    return xlsx_book([(title, headers, rows)])


def xlsx_book(tables):
    """Return several tables as the sheets of one XLSX file.

    :param tables: list of ``(title, headers, rows)``
    """
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    formats = {
        "bold": workbook.add_format({"bold": True}),
        "money": workbook.add_format({"num_format": "#,##0.00"}),
        "day": workbook.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for title, headers, rows in tables:
        # Spreadsheets allow 31 characters in the name of a sheet, and not all of them.
        name = "".join(c for c in title if c not in "[]:*?/\\'")[:31]
        _fill_sheet(workbook.add_worksheet(name), formats, headers, rows)
    workbook.close()
    return out.getvalue()


def _fill_sheet(sheet, formats, headers, rows):
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header, formats["bold"])
        sheet.set_column(column, column, max(12, min(len(header) + 4, 40)))
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is None or cell is False:
                continue
            if isinstance(cell, float):
                sheet.write_number(number, column, cell, formats["money"])
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(number, column, cell, formats["day"])
            else:
                sheet.write_string(number, column, str(cell))
    sheet.freeze_panes(1, 0)
