from __future__ import annotations

import pytest

from juesuan.document.docx.numerals import numeral
from tests.document.docx.build import Docx, labels, messages, p


def level(position: int, kind: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f"<w:lvl w:ilvl='{position}'><w:start w:val='{start}'/><w:numFmt w:val='{kind}'/>{extra}"
        f"<w:lvlText w:val='{text}'/></w:lvl>"
    )


def abstract(key: int, *levels: str, head: str = "") -> str:
    return f"<w:abstractNum w:abstractNumId='{key}'>{head}{''.join(levels)}</w:abstractNum>"


def num(key: int, of: int, overrides: str = "") -> str:
    return f"<w:num w:numId='{key}'><w:abstractNumId w:val='{of}'/>{overrides}</w:num>"


def item(num_id: int, position: int = 0, text: str = "文") -> str:
    return p(text, f"<w:numPr><w:ilvl w:val='{position}'/><w:numId w:val='{num_id}'/></w:numPr>")


def printed(body: str, numbering: str, styles: str = "") -> list[str]:
    return labels(Docx(body).numbering(numbering).styles(styles).read())


OUTLINE = abstract(
    0,
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    level(3, "decimalEnclosedCircle", "%4"),
)


def test_levels_count_and_start_again_below_a_higher_one() -> None:
    body = "".join(item(1, i) for i in (0, 1, 1, 2, 3, 3, 0, 1, 2))
    assert printed(body, OUTLINE + num(1, 0)) == [
        "一、", "（一）", "（二）", "1.2.1", "①", "②", "二、", "（一）", "2.1.1",
    ]  # fmt: skip


def test_the_label_is_no_part_of_the_text() -> None:
    document = Docx(item(1)).numbering(OUTLINE + num(1, 0)).read()
    assert document.blocks[0].text == "文"  # type: ignore[attr-defined]


def test_lists_of_one_definition_count_on_unless_overridden() -> None:
    start = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride>"
    numbering = OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, start)
    assert printed(item(1) + item(2) + item(3) + item(3), numbering) == ["一、", "二、", "五、", "六、"]


def test_an_override_brings_its_own_level() -> None:
    own = f"<w:lvlOverride w:ilvl='0'>{level(0, 'upperRoman', '%1)')}</w:lvlOverride>"
    assert printed(item(2) + item(2), OUTLINE + num(2, 0, own)) == ["I)", "II)"]


def test_a_level_that_never_restarts() -> None:
    definition = abstract(0, level(0, "decimal", "%1"), level(1, "decimal", "%2)", "<w:lvlRestart w:val='0'/>"))
    assert printed("".join(item(1, i) for i in (0, 1, 0, 1)), definition + num(1, 0)) == ["1", "1)", "2", "2)"]


def test_numbering_of_styles_linked_levels_and_switching_it_off() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='A'><w:name w:val='A'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='B'><w:name w:val='B'/><w:basedOn w:val='A'/></w:style>"
        "<w:style w:type='paragraph' w:styleId='D'><w:name w:val='D'/><w:basedOn w:val='A'/>"
        "<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr></w:style>"
    )
    definition = abstract(
        0,
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2", "<w:pStyle w:val='A'/>"),
    )
    body = (
        p("甲", "<w:pStyle w:val='A'/>")
        + p("乙", "<w:pStyle w:val='B'/>")
        + p("丙", "<w:pStyle w:val='A'/><w:numPr><w:numId w:val='0'/></w:numPr>")
        + p("丁", "<w:pStyle w:val='D'/>")
        + p("戊", "<w:pStyle w:val='A'/><w:numPr><w:ilvl w:val='0'/></w:numPr>")
    )
    assert printed(body, definition + num(1, 0), styles) == ["1.1", "1.2", "", "", "1."]


def test_a_definition_behind_a_numbering_style() -> None:
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:name w:val='L'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    numbering = (
        abstract(0, head="<w:numStyleLink w:val='L'/>")
        + abstract(1, level(0, "ideographTraditional", "%1．"), head="<w:styleLink w:val='L'/>")
        + num(1, 0)
        + num(2, 1)
    )
    assert printed(item(1) + item(2), numbering, styles) == ["甲．", "乙．"]


def test_links_in_a_circle_end() -> None:
    styles = (
        "<w:style w:type='numbering' w:styleId='L'><w:name w:val='L'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style>"
    )
    assert printed(item(1), abstract(0, head="<w:numStyleLink w:val='L'/>") + num(1, 0), styles) == [""]


def test_bullets_custom_formats_and_unknown_ones() -> None:
    bullet = level(0, "bullet", "\uf0d8", "<w:rPr><w:rFonts w:ascii='Wingdings'/></w:rPr>")
    custom = (
        "<w:lvl w:ilvl='0'><w:start w:val='7'/><mc:AlternateContent><mc:Choice Requires='w14'>"
        "<w:numFmt w:val='custom' w:format='001, 002, 003, ...'/></mc:Choice><mc:Fallback><w:numFmt w:val='decimal'/>"
        "</mc:Fallback></mc:AlternateContent><w:lvlText w:val='%1'/></w:lvl>"
    )
    numbering = abstract(0, bullet) + abstract(1, custom) + abstract(2, level(0, "hebrew1", "%1."))
    made = Docx(item(1) + item(2) + item(3)).numbering(numbering + num(1, 0) + num(2, 1) + num(3, 2))
    document = made.read()
    assert labels(document) == ["➢", "007", "1."]
    assert "hebrew1" in messages(document)


def test_an_empty_numbered_paragraph_prints_its_number() -> None:
    assert printed(item(1, text="") + item(1), OUTLINE + num(1, 0)) == ["一、", "二、"]


def test_references_to_nothing_give_no_label() -> None:
    assert printed(item(7) + item(1, 8), OUTLINE + num(1, 0)) == ["", ""]


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 3, "C"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 4, "IV"),
        ("upperRoman", 2**31, "2147483648"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 15, "十五"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 10_010, "一万零一十"),
        ("japaneseCounting", 12, "十二"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 2023, "二〇二三"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 60, "癸亥"),
        ("ideographEnclosedCircle", 1, "㊀"),
        ("numberInDash", 1, "- 1 -"),
        ("none", 1, ""),
    ],
)
def test_number_formats(kind: str, number: int, shown: str) -> None:
    assert numeral(number, kind) == shown
