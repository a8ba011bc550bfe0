from kirishima_dx.typed_text import name_key, narrow, parts_of


def test_width_spaces_and_line_breaks_mean_nothing():
    assert narrow("Ｒ８． １０\n．１　") == "R8.10.1"


def test_a_name_is_known_however_it_is_written():
    assert name_key("ＤＸ 推進課") == name_key("dx推進課") == "dx推進課"


def test_names_are_parted_by_any_usual_sign():
    assert parts_of("総務課、企画課，dx推進課；\n税務課,, ") == [
        "総務課",
        "企画課",
        "dx推進課",
        "税務課",
    ]
