"""Opens a workbook with LibreOffice, which recalculates it, and with openpyxl, and prints what it finds, a line each.

usage: judge.py REPORT.xlsx FOLDER

The values stored beside formulas are taken out first, so that what LibreOffice shows is its own result; every one that
differs from ours by more than a billionth is a line of its own.
"""

import pathlib
import subprocess
import sys

import openpyxl

source, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
formulas = openpyxl.load_workbook(source)
stored = openpyxl.load_workbook(source, data_only=True)

# openpyxl drops stored values of formulas when it writes, so nothing but recalculation can bring them back.
bare = folder / "bare.xlsx"
formulas.save(bare)
office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
subprocess.run(
    office + ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out"), str(bare)],
    check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
recalculated = openpyxl.load_workbook(folder / "out" / "bare.xlsx", data_only=True)

count = 0
for sheet in formulas:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            count += 1
            ours = stored[sheet.title][cell.coordinate].value
            theirs = recalculated[sheet.title][cell.coordinate].value
            if not isinstance(theirs, (int, float)) or abs(ours - theirs) > 1e-9 * max(1, abs(ours)):
                print(f"differs {sheet.title}!{cell.coordinate} {cell.value}: stored {ours}, recalculated {theirs}")

for sheet in stored:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("#"):
                print(f"error {sheet.title}!{cell.coordinate} {cell.value}")

tenants = stored["By tenant"]
total = next(row for row in tenants.iter_rows() if row[0].value == "Total")
print("sheets", ", ".join(stored.sheetnames))
print("created", stored.properties.created.isoformat())
print("frozen", tenants.freeze_panes, "filter", tenants.auto_filter.ref)
print("total", repr(total[1].value), "recalculated", repr(recalculated["By tenant"][total[1].coordinate].value))
print("rows", repr(round(sum(
    row[1].value for row in tenants.iter_rows(min_row=6, max_row=total[0].row - 1) if row[1].value), 9)))
print("formulas", count)
