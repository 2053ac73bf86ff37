"""Reads the drawings of Config/pictures as somebody far away would: see Config/read-pictures."""

import gzip
import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from PIL import Image, ImageOps

FONT = "/usr/share/consolefonts/Uni2-Terminus16.psf.gz"
CELL = (8, 16)
# What five metres leave of the screen's width, in pixels.
WIDTH = 150
# Parts of a pixel in which letters are told apart.
FINENESS = 3
# How much of it Tesseract is shown, whose letters are usually larger; its surest reading counts.
ENLARGEMENTS = (2, 3, 4, 5, 6)

# The panel, its scene, and the word that is to be read.
PANELS = [
    ("green", "admit-group", "ADMIT"),
    ("red", "already-used-since", "STOP"),
    ("amber", "offline", "ASK"),
    ("look", "look-valid", "LOOK"),
    ("same", "repeat-neutral", "SAME"),
    ("idle", "idle", "READY"),
]
# Without colours there are scenes of their own, of the panels that would look alike.
COLOURLESS = [
    ("green", "colourless-admit", "ADMIT"),
    ("red", "colourless-refuse", "STOP"),
    ("amber", "colourless-unverified", "ASK"),
    ("look", "colourless-look", "LOOK"),
]
THEMES = {
    "standard": PANELS,
    "colourBlind": PANELS,
    "highContrast": PANELS,
    "without-colours": COLOURLESS,
}


class ConsoleFont:
    """The glyphs of a PSF font, version 1 or 2, by character."""

    def __init__(self, path):
        data = gzip.open(path).read()
        if data[:4] == b"\x72\xb5\x4a\x86":
            header, _, count, size, height, width = (
                int.from_bytes(data[at : at + 4], "little") for at in range(8, 32, 4)
            )
            table = self.table_of_version_2(data[header + count * size :])
        else:
            header, width, height, size = 4, 8, data[3], data[3]
            count = 512 if data[2] & 1 else 256
            table = self.table_of_version_1(data[header + count * size :])
        assert (width, height) == CELL, f"{path} is {width}×{height}"
        self.rows = {
            character: data[header + index * size :][:size] for character, index in table.items()
        }

    @staticmethod
    def table_of_version_1(data):
        table, index = {}, 0
        for at in range(0, len(data) - 1, 2):
            value = int.from_bytes(data[at : at + 2], "little")
            if value == 0xFFFF:
                index += 1
            elif value != 0xFFFE:
                table.setdefault(chr(value), index)
        return table

    @staticmethod
    def table_of_version_2(data):
        table = {}
        for index, entry in enumerate(data.split(b"\xff")):
            for character in entry.split(b"\xfe")[0].decode("utf-8", "ignore"):
                table.setdefault(character, index)
        return table

    def draw(self, image, character, x, y, colour):
        for line, bits in enumerate(self.rows.get(character, b"")):
            for column in range(CELL[0]):
                if bits & (0x80 >> column):
                    image.putpixel((x + column, y + line), colour)


def draw(path, font):
    """The screen as the console shows it, pixel by pixel."""
    drawing = ElementTree.parse(path).getroot()
    image = Image.new("RGB", (int(drawing.get("width")), int(drawing.get("height"))))
    for part in drawing:
        x, y = int(part.get("x", 0)), int(part.get("y", 0))
        colour = tuple(bytes.fromhex(part.get("fill")[1:]))
        if part.tag.endswith("rect"):
            corner = x + int(part.get("width")), y + int(part.get("height"))
            image.paste(colour, (x, y) + corner)
        else:
            # A text stands on its base line.
            for index, character in enumerate(part.text):
                font.draw(image, character, x + index * CELL[0], y - y % CELL[1], colour)
    return image


def seen_from_afar(image):
    height = round(image.height * WIDTH / image.width)
    return image.convert("L").resize((WIDTH, height), Image.Resampling.BOX)


def rows(image):
    return [list(image.crop((0, y, image.width, y + 1)).getdata()) for y in range(image.height)]


def commonest(values):
    return max(set(values), key=values.count)


def paper(image):
    """The grey behind the letters: the commonest one of most rows."""
    return commonest([commonest(row) for row in rows(image)])


def panel(image):
    """The largest block of rows that show the paper: without the header and the list of scans."""
    grey = paper(image)
    shown = [sum(abs(value - grey) <= 8 for value in row) >= WIDTH * 0.15 for row in rows(image)]
    best, start = (0, 0), 0
    for y, is_shown in enumerate(shown + [False]):
        if not is_shown:
            best, start = max(best, (start, y), key=lambda block: block[1] - block[0]), y + 1
    return image.crop((0, best[0], image.width, best[1]))


def black_on_white(image):
    grey, values = paper(image), list(image.getdata())
    if max(values) - grey > grey - min(values):
        image, grey = ImageOps.invert(image), 255 - grey
    ink = min(image.getdata())
    return image.point(lambda value: round(255 * min(1, (value - ink) / (grey - ink))))


def shapes(image):
    """The boxes around dark pixels that touch: left, top, right, bottom."""
    left = {
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if image.getpixel((x, y)) < 128
    }
    boxes = []
    while left:
        open_pixels = [left.pop()]
        seen = []
        while open_pixels:
            x, y = open_pixels.pop()
            seen.append((x, y))
            near = {(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)} & left
            left -= near
            open_pixels += near
        columns, lines = zip(*seen)
        boxes.append((min(columns), min(lines), max(columns) + 1, max(lines) + 1))
    return boxes


def big_words(image):
    """The boxes of what stands in the tallest letters, parted where more than a letter's space is."""
    size = (image.width * FINENESS, image.height * FINENESS)
    image = image.resize(size, Image.Resampling.BICUBIC)
    # What touches the sides is a frame, or a sign beside the word.
    boxes = [box for box in shapes(image) if box[0] > 0 and box[2] < image.width]
    tallest = max(box[3] - box[1] for box in boxes)
    tall = [box for box in boxes if box[3] - box[1] > 0.6 * tallest]
    top, bottom = min(box[1] for box in tall), max(box[3] for box in tall)
    # From the left to the right edge of each letter; a sign may be in several parts.
    letters = []
    for left, upper, right, lower in sorted(boxes):
        if upper < top or lower > bottom:
            continue
        if letters and left <= letters[-1][1]:
            letters[-1][1] = max(letters[-1][1], right)
        else:
            letters.append([left, right])
    spaces = [after[0] - before[1] for before, after in zip(letters, letters[1:])]
    words = [letters[0]]
    for space, (left, right) in zip(spaces, letters[1:]):
        if space > 1.7 * min(spaces):
            words.append([left, right])
        words[-1][1] = right
    return [(left / FINENESS, top / FINENESS, right / FINENESS, bottom / FINENESS)
            for left, right in words]


def read(image, box):
    """What Tesseract takes the word in the box for, where it is surest."""
    readings = []
    for enlargement in ENLARGEMENTS:
        size = [round((box[side + 2] - box[side]) * enlargement) for side in (0, 1)]
        word = image.resize(size, Image.Resampling.BICUBIC, box)
        large = ImageOps.expand(word, 24, 255)
        buffer = io.BytesIO()
        large.save(buffer, "PNG")
        result = subprocess.run(
            ["tesseract", "-", "-", "--psm", "8", "--dpi", "150", "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            check=True,
        )
        for line in result.stdout.decode().splitlines()[1:]:
            columns = line.split("\t")
            if columns[-1].strip():
                readings.append((float(columns[-2]), columns[-1]))
    return max(readings, default=(0, ""))[1]


def main():
    folder = Path(sys.argv[1])
    font = ConsoleFont(FONT)
    failures = 0
    print("| theme | panel | word | Tesseract read | |")
    print("| --- | --- | --- | --- | --- |")
    for theme, panels in THEMES.items():
        for name, scene, word in panels:
            screen = draw(folder / theme / f"{scene}-80x24.svg", font)
            small = seen_from_afar(screen)
            screen.save(folder / theme / f"{scene}.png")
            small.save(folder / theme / f"{scene}-from-afar.png")
            clear = black_on_white(panel(small))
            text = " ".join(read(clear, box) for box in big_words(clear))
            # Block letters are capitals, and signs stand beside them.
            is_read = word in re.findall("[A-Z]+", text.upper())
            failures += not is_read
            shown = text.replace("|", "\\|")
            print(f"| {theme} | {name} | {word} | {shown} | {'yes' if is_read else 'NO'} |", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
