"""Files for people: 進捗一覧 and the state of a round."""
