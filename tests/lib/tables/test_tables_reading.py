"""Reading: encodings, delimiters, quotes, headings, and what cannot be read."""

import gzip

import pytest

from byfolk.lib.tables import UnreadableTable, read


def refused(data: bytes, **options: object) -> UnreadableTable:
    with pytest.raises(UnreadableTable) as caught:
        read(data, **options)
    assert caught.value.message  # every refusal has words for the person
    return caught.value


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_common_delimiter_and_encoding_is_found(delimiter: str, encoding: str) -> None:
    text = "Navn|Enhet|By\r\nÅse Bjørk|Økonomi|Øvre Ås\r\nPer|Drift|Bø\r\n".replace("|", delimiter)
    table = read(text.encode(encoding))
    assert table.detected.delimiter == delimiter
    assert table.frame.rows() == [("Åse Bjørk", "Økonomi", "Øvre Ås"), ("Per", "Drift", "Bø")]


def test_decimal_commas_do_not_hide_a_semicolon() -> None:
    assert read(b"a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n").detected.delimiter == ";"


def test_a_sep_line_decides_the_delimiter_and_counts_as_a_line() -> None:
    table = read(b"sep=|\r\na|b;c\r\n1|2;3\r\n")
    assert table.columns == ["a", "b;c"]
    assert table.lines.to_list() == [3]


def test_line_breaks_inside_quotes_keep_the_lines_of_the_source() -> None:
    table = read(b'a;b\n1;"to\nlinjer"\n\n2;en\n')
    assert table.frame["b"].to_list() == ["to\nlinjer", "en"]
    assert table.lines.to_list() == [2, 5]


def test_cells_arrive_exactly_as_they_are_written() -> None:
    assert read(b"a;b\n 007 ;1.0\n").frame.row(0) == (" 007 ", "1.0")


def test_empty_trailing_lines_and_columns_are_dropped() -> None:
    table = read(b"a;b;;\n1;2;;\n;;;\n\n\n")
    assert (table.columns, len(table)) == (["a", "b"], 1)


def test_a_title_above_the_heading_is_passed_over() -> None:
    table = read("Ansatte per 1. januar 2026;;\n\nNr;Navn;Enhet\n1;Åse;Drift\n".encode())
    assert table.columns == ["Nr", "Navn", "Enhet"]
    assert table.detected.header_line == 3


def test_headings_without_a_name_and_twice_the_same_get_one() -> None:
    assert read(b"a;;a\n1;2;3\n").columns == ["a", "Kolonne 2", "a (2)"]


def test_a_compressed_file_is_unpacked() -> None:
    table = read(gzip.compress(b"a;b\n1;2\n"))
    assert (table.detected.compressed, table.frame.row(0)) == (True, ("1", "2"))


def test_an_empty_file_is_refused() -> None:
    assert refused(b"").code == "empty"
    assert refused(b"\n \n").code == "empty"
    assert refused(b"\xef\xbb\xbf").code == "empty"


def test_a_heading_without_rows_is_refused() -> None:
    assert refused(b"a;b\n").code == "only_header"


def test_a_delimiter_that_is_none_of_the_common_ones_is_refused_with_the_line() -> None:
    error = refused(b"a:b:c\n1:2:3\n")
    assert error.code == "one_column"
    assert "«a:b:c»" in error.message


def test_binary_rubbish_is_refused() -> None:
    assert refused(bytes(range(256)) * 20).code in {"binary", "mixed_encoding"}
    assert refused(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200)).code == "binary"


def test_one_broken_letter_in_a_utf8_file_is_named_by_its_line() -> None:
    error = refused("a;b\næø;å\nø;ø\n".encode() + b"\xe5;1\n")
    assert (error.code, error.arguments["line"]) == ("mixed_encoding", 4)


def test_an_open_quotation_mark_is_named_by_its_line() -> None:
    error = refused(b'a;b\n1;2\n"3;4\n5;6\n')
    assert (error.code, error.arguments["line"]) == ("quote", 3)


def test_ragged_rows_are_listed_by_line() -> None:
    error = refused(b"a;b\n1;2\n1;2;3\n4;5\n6\n")
    assert error.code == "ragged"
    assert "3, 5" in error.message


def test_ragged_rows_can_be_set_aside_so_that_the_good_ones_land() -> None:
    table = read(b"a;b\n1;2\n1;2;3\n4;5\n6;7\n", set_aside_ragged=True)
    assert len(table) == 3
    assert [(r.line, r.cells) for r in table.ragged] == [(3, 3)]


def test_a_compressed_bomb_is_refused() -> None:
    assert refused(gzip.compress(b"a;b\n" + bytes(5_000_000)), unpacked_limit=1_000_000).code == "bomb"


def test_half_a_compressed_file_is_refused() -> None:
    packed = gzip.compress(b"a;b\n" + b"1;2\n" * 1000)
    assert refused(packed[: len(packed) // 2]).code == "truncated"


def test_a_file_over_the_limit_is_refused() -> None:
    assert refused(b"a;b\n" * 100, file_limit=100).code == "too_large"


def test_a_file_that_is_not_there_is_refused(tmp_path) -> None:
    with pytest.raises(UnreadableTable) as caught:
        read(tmp_path / "borte.csv")
    assert "borte.csv" in caught.value.message
