"""The picture: read back pixel by pixel, with names that nobody should give a competency."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from bot.coverage import faces, picture
from bot.coverage.lettering import Lettering, NotDrawable, Piece, Sheet, clusters, is_emoji
from bot.coverage.model import Coverage
from bot.coverage.picture import (
    BOX_HEIGHT,
    EDGE,
    HEADS,
    INK,
    MARGIN,
    MOST_ROWS,
    NAMES,
    PAPER,
    ROW,
    SHADES,
    TOP,
    WIDTH,
    caption,
    draw,
    shade_of,
)
from bot.ladder.model import Competency
from tests.coverage.scenes import coverage

Colour = tuple[int, int, int]
in_east_asia = pytest.mark.skipif(
    find_spec(faces.EAST_ASIAN_FACES) is None,
    reason="manimgx-fonts-cjk is not installed here: make test installs it",
)
HOSTILE = (
    "W" * 300,
    "Supercalifragilisticexpialidocious-without-a-space-in-it",
    "An extremely long name, which goes on about leadership, culture and customers, and on",
    "👩🏽‍💻 Engineering 👨‍👩‍👧‍👦 families 🏳️‍🌈🇩🇪🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "🧿" * 60,
    "🇽🇽 1️⃣ ❤️‍🔥 ✓ → ★ © ™ ⚡️ \u2764\ufe0e",
    "z̸̧͎̯͖͈a̵̡l̷g̴o̶",
    "\u202eoverride\u202c \u200b\u200d\ufeff",
    "العربية فقط",
    "عربي Latin עברית",
    "हिन्दी शिक्षण",
    "教育と指導",
    "한국어",
    "\ud800 half a pair",
    "",
    " \t\n ",
    "😀",
    "\U000fffff \ue000 private",
    "<!channel> & *bold*",
)
LABELS = st.sampled_from(HOSTILE) | st.text(max_size=60)


def opened(shown: Coverage) -> Image.Image:
    with Image.open(io.BytesIO(draw(shown).png)) as found:
        return found.convert("RGB")


def box_colour(canvas: Image.Image, row: int, column: int, of: int = 6) -> Colour:
    """What fills a box, beside the number and inside the edge."""
    left, _ = picture._column(column, of)
    top = TOP + HEADS + row * ROW + (ROW - BOX_HEIGHT) // 2
    return pixel(canvas, left + 7, top + BOX_HEIGHT // 2)


def pixel(canvas: Image.Image, x: int, y: int) -> Colour:
    found = canvas.getpixel((x, y))
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def colour(name: str) -> Colour:
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)


def luminance(name: str) -> float:
    """As WCAG 2 defines it."""
    parts = [part / 255 for part in colour(name)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def inked(canvas: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is drawn there."""
    return canvas.crop(box).getcolors(1) is None


def letters(lines: list[list[Piece]]) -> Iterator[tuple[FreeTypeFont, str]]:
    for line in lines:
        for piece in line:
            if piece.face:
                yield from ((piece.face, letter) for letter in piece.text)


def is_box(face: FreeTypeFont, letter: str) -> bool:
    """Whether the face has no glyph for it, and would draw the empty box instead."""
    if letter.isspace() or letter in faces.JOINERS:
        return False
    bare = face.font_variant(layout_engine=faces.Layout.BASIC)
    return bytes(bare.getmask(letter)) == bytes(bare.getmask(faces.NOWHERE))


def test_each_box_has_the_shade_of_its_number() -> None:
    canvas = opened(coverage(("A", (0, 1, 2, 3, 5, 1200)), ("B", (0,) * 6)))
    found = [box_colour(canvas, 0, column) for column in range(6)]
    wanted = [PAPER, *(paper for _, paper, _ in SHADES), SHADES[-1][1]]
    assert found == [colour(each) for each in wanted]
    assert {box_colour(canvas, 1, column) for column in range(6)} == {colour(PAPER)}


def test_above_each_column_stands_its_own_month() -> None:
    canvas = opened(coverage(("A", (1,) * 6)))
    for column, month in enumerate(("Jun", "Jul", "Aug", "Sep", "Oct", "Nov")):
        plain = Image.new("RGB", canvas.size, PAPER)
        sheet, sides = Sheet(plain, ImageDraw.Draw(plain)), picture._column(column, 6)
        face = picture.LATEST if month == "Nov" else picture.SMALL
        picture._centred(sheet, face, month, sides, TOP + 32, INK)
        box = (sides[0], TOP + 8, sides[1], TOP + HEADS)
        assert inked(plain, box)
        assert canvas.crop(box).tobytes() == plain.crop(box).tobytes(), month


@pytest.mark.parametrize(
    ("rows", "said"),
    [(MOST_ROWS, picture.EXPLAINED), (MOST_ROWS + 5, "5 more competencies are in the text.")],
)
def test_below_it_stands_how_to_read_it_or_how_many_rows_are_left_out(rows: int, said: str) -> None:
    canvas = opened(coverage(*[(f"Competency {n}", (0,) * 6) for n in range(rows)]))
    plain = Image.new("RGB", canvas.size, PAPER)
    sheet, at = Sheet(plain, ImageDraw.Draw(plain)), (MARGIN, canvas.height - 28)
    picture.SMALL.draw(sheet, at, picture.SMALL.pieces(said), picture.SOFT)
    box = (0, canvas.height - picture.FOOT + 8, WIDTH, canvas.height)
    assert canvas.crop(box).tobytes() == plain.crop(box).tobytes()


def test_no_box_speaks_by_its_colour_alone() -> None:
    """The same shade with another number looks different, and an empty box holds no ink at all."""
    three, four, none = (
        box_content(opened(coverage(("A", (number, 0, 0, 0, 0, 0))))) for number in (3, 4, 0)
    )
    assert three.tobytes() != four.tobytes()
    assert none.getcolors(1) == [(none.width * none.height, colour(PAPER))]


def box_content(canvas: Image.Image) -> Image.Image:
    left, right = picture._column(0, 6)
    top = TOP + HEADS + (ROW - BOX_HEIGHT) // 2
    return canvas.crop((left + 7, top + 7, right - 7, top + BOX_HEIGHT - 7))


def test_shades_grow_darker_in_one_hue_and_are_readable() -> None:
    """Letters have 4.5 to 1, as WCAG asks; the edge of an empty box is an ornament."""
    lights = [luminance(paper) for _, paper, _ in SHADES]
    assert lights == sorted(lights, reverse=True)
    for _, paper, ink in SHADES:
        red, green, blue = colour(paper)
        assert red < green < blue
        assert contrast(paper, ink) >= 4.5
    for one, other in pairwise(SHADES):
        assert contrast(one[1], other[1]) >= 1.3
    assert contrast(PAPER, picture.SOFT) >= 4.5
    assert contrast(PAPER, INK) >= 4.5
    assert contrast(PAPER, EDGE) >= 2
    assert shade_of(4) == shade_of(3)


@pytest.mark.parametrize("number", [0, 1, 25, MOST_ROWS, MOST_ROWS + 5])
def test_the_size_follows_the_rows_up_to_a_limit(number: int) -> None:
    drawn = draw(coverage(*[(f"Competency {n}", (n % 3, 0, 1, 0, 2, 0)) for n in range(number)]))
    shown = max(1, min(number, MOST_ROWS))
    assert (drawn.width, drawn.height) == (WIDTH, TOP + HEADS + shown * ROW + picture.FOOT)
    with Image.open(io.BytesIO(drawn.png)) as found:
        assert found.size == (drawn.width, drawn.height)
    assert len(drawn.png) < 1_000_000


@settings(max_examples=40, deadline=None)
@given(labels=st.lists(LABELS, min_size=1, max_size=6))
def test_no_name_runs_out_of_its_place(labels: list[str]) -> None:
    """Neither into the boxes nor over the margins, whatever it is made of."""
    shown = coverage(*[(label, (1, 0, 0, 0, 0, 0)) for label in labels])
    canvas = opened(shown)
    end = TOP + HEADS + len(labels) * ROW
    assert not inked(canvas, (0, 0, MARGIN - 6, canvas.height))
    assert not inked(canvas, (WIDTH - MARGIN + 2, 0, WIDTH, canvas.height))
    assert not inked(canvas, (MARGIN + NAMES + 6, TOP + HEADS, MARGIN + NAMES + 12, end))
    plain = opened(coverage(*[("A", (1, 0, 0, 0, 0, 0)) for _ in labels]))
    boxes = (MARGIN + NAMES + 6, 0, WIDTH, canvas.height)
    assert canvas.crop(boxes).tobytes() == plain.crop(boxes).tobytes()


@settings(max_examples=75, deadline=None)
@given(label=LABELS)
def test_every_letter_has_a_glyph(label: str) -> None:
    """What a face lacks is left out or makes way for the id: no empty box anywhere."""
    found = caption(Competency("the-id", label))
    drawn = list(letters([found.emoji, *found.lines]))
    assert not [letter for face, letter in drawn if is_box(face, letter)]
    assert len(found.lines) in (1, 2)
    assert found.lines[0]
    if not found.is_name:
        assert "".join(letter for _, letter in drawn) == "the-id"


@pytest.mark.parametrize("label", ["ꆈꌠꉙ", "עברית Latin", "عربي Latin", "", "\ue000"])
def test_the_id_stands_for_a_name_that_cannot_be_drawn(label: str) -> None:
    shown = coverage((label, (0,) * 6), ("Drawable", (0,) * 6))
    assert [each.id for each in draw(shown).instead] == ["competency-0"]


@pytest.mark.parametrize(
    "label",
    [
        "Ωmega и Кириллица",
        "Ńęẃ Łàtîn ệ",
        "العربية فقط",
        "עברית",
        "हिन्दी शिक्षण",
        "ไทย",
        "Հայերեն",
        "ქართული",
        pytest.param("リーダーシップ、「教育」と指導", marks=in_east_asia),
        pytest.param("领导力与文化 ①", marks=in_east_asia),
        pytest.param("領導力（團隊）", marks=in_east_asia),
        pytest.param("한국어 리더십", marks=in_east_asia),
    ],
)
def test_names_of_many_scripts_are_drawn(label: str) -> None:
    assert draw(coverage((label, (0,) * 6))).instead == ()


@pytest.mark.parametrize(
    ("names", "face"),
    [
        ("教育と指導", faces.JAPANESE),
        ("教育 한국어", faces.KOREAN),
        ("领导力与文化", faces.SIMPLIFIED),
        ("領導力與文化", faces.TRADITIONAL),
        ("Leadership, 🌱 Ωmega", faces.SIMPLIFIED),
    ],
)
def test_chinese_characters_have_the_forms_of_the_language_beside_them(
    names: str, face: str
) -> None:
    assert faces.east_asian(names) == face


@in_east_asia
def test_one_character_looks_as_the_language_writes_it() -> None:
    """Each of five languages has its own 骨 and 直, in letters that weigh as the others do."""
    forms = {
        name: bytes(faces.face(name, 48).getmask("骨直"))
        for name in (faces.JAPANESE, faces.SIMPLIFIED, faces.TRADITIONAL)
    }
    assert len(set(forms.values())) == 3
    thin, regular = (sum(faces.face(faces.JAPANESE, 48, w).getmask("骨")) for w in (100, 400))
    assert regular > 1.3 * thin


@pytest.mark.parametrize(
    "name", ["עברית: הדרכה (צוות 12)", "القيادة 🧭 والثقافة", "التعليم والإرشاد والثقافة"]
)
def test_what_is_read_from_the_right_begins_at_the_right(name: str) -> None:
    """Runs of several faces too, and the ellipsis ends it at the left."""
    (whole,) = Lettering(24).lines(clusters(name), 1000, 1)
    assert "".join(piece.text or "🧭" for piece in reversed(whole)) == name
    assert {piece.direction for piece in whole} == {"rtl"}
    (cut,) = Lettering(24).lines(clusters(name), 120, 1)
    assert cut[0].text.endswith("…")
    assert cut[-1].text.startswith(name[:5])


def test_without_what_shapes_letters_those_scripts_give_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A slim machine has no libfribidi: Arabic in single letters would be wrong, not just plain."""
    monkeypatch.setattr(faces, "shapes", lambda: False)
    faces.face_for.cache_clear()
    try:
        for label in ("العربية", "हिन्दी"):
            with pytest.raises(NotDrawable):
                Lettering(24).lines(clusters(label), 300, 2)
        assert caption(Competency("id", "🌱 Ωmega, Ńew → 2")).is_name
    finally:
        faces.face_for.cache_clear()


@pytest.mark.parametrize(
    "emoji",
    ["🌱", "👩🏽‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "❤️‍🔥", "❤️", "⚡", "☎️", "🧑🏿‍🤝‍🧑🏻"],
)
def test_a_sequence_is_one_picture_in_colour(emoji: str) -> None:
    assert clusters(f"{emoji} A") == [emoji, " ", "A"]
    assert is_emoji(emoji)
    found = caption(Competency("id", f"{emoji} Words"))
    (piece,) = found.emoji
    assert piece.emoji
    assert len(piece.emoji.convert("RGB").getcolors(10_000) or ()) > 3
    assert "".join(letter for _, letter in letters(found.lines)) == "Words"


def test_a_sequence_that_nobody_drew_becomes_its_first_part() -> None:
    assert faces.emoji_picture("🦉\u200d🏆", 72) == faces.emoji_picture("🦉", 72)
    assert clusters("🦉\u200dA") == ["🦉", "A"]


def test_long_names_take_two_lines_and_end_in_an_ellipsis() -> None:
    found = caption(
        Competency("id", "Leadership and culture, customers and craft, and all the rest")
    )
    first, second = ("".join(p.text for p in line) for line in found.lines)
    assert first == "Leadership and culture,"
    assert second.endswith("…")
    assert not second.startswith(" ")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Continuous-improvement/operational-excellence", "Continuous-"),
        pytest.param("Engineering 领导力与文化建设", "Engineering 领导力与文", marks=in_east_asia),
        pytest.param("あああああああああああ、そして", "ああああああああああ", marks=in_east_asia),
    ],
)
def test_a_line_ends_where_a_reader_would_end_it(name: str, first: str) -> None:
    """Behind a hyphen, between ideographs, and never before a comma of theirs."""
    line = Lettering(24).lines(clusters(name), NAMES - picture.GUTTER, 2)[0]
    assert "".join(piece.text for piece in line) == first


def test_marks_do_not_pile_up() -> None:
    (cluster,) = clusters("a" + "\u0316" * 50)
    assert len(cluster) <= 5
    assert all(unicodedata.category(letter) == "Mn" for letter in cluster[1:])
