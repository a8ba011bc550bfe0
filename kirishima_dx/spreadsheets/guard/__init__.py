"""From the bytes of an uploaded workbook to plain sheets, no matter what the bytes are.

`read_sheets` raises nothing but WorkbookRefused. openpyxl can hang for a minute, or take gigabytes, on files of a few
kilobytes, and does not know the date formats of a Japanese Excel; so the parts that matter are read here, within
bounds, and everything else in the file (pictures, comments, links) is left alone.
"""
