"""Files for people: 進捗一覧."""
