"""データ, コード表 and 定義: a report for machines, after 「行政データにおける機械可読性に関するルール」."""
