"""The papers of a revision: 新旧対照表 as rows, and what 改定の概要 says in one page.

Pure: takes a Revision that was read already. The pages and the workbook draw the same rows, so that they never differ.
"""
