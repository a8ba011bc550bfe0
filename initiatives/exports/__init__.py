"""Files for people: 進捗一覧 and the state of a round."""

from initiatives.exports.board import board_csv, board_workbook
from initiatives.exports.item_list import COLUMNS, item_list_csv, item_list_workbook

__all__ = ["COLUMNS", "board_csv", "board_workbook", "item_list_csv", "item_list_workbook"]
