"""What changed from one edition to another, by lasting identity and paragraph, never by position.

Pure: takes outlines that were read already and asks no database. The pages, the workbook, the list of what stands in
the way of adoption and the fates recorded at it all use this one comparison.
"""
