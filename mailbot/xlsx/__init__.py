"""The pages of the tracking sheet, one per file. `mailbot/sheet.py` writes the workbook."""
