"""回答様式: the workbook in which a department answers, out and back (files.md §2).

`columns` says what it holds, `reading` what a file says, `merging` how that meets what was answered meanwhile (F1).
"""
