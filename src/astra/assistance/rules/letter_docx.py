"""How does a letter come out of a template? The DOCX filled, and read again as the text that will be printed.

The text is read from the filled DOCX, with its head and foot: what is scanned and confirmed is what is printed.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Paper
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from astra.assistance.rules.letters import HEADING, PLACES, Kind
from astra.kernel.errors import Invalid, Problem
from astra.kernel.words import msg

LARGEST, LARGEST_OPEN = 5 * 1024 * 1024, 40 * 1024 * 1024
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
OTHER_CODE = re.compile(r"\{%.*?%\}|\{#.*?#\}")
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
WHERE = {
    "document": msg("in the text"),
    "header": msg("in the head of the page"),
    "footer": msg("in the foot of the page"),
}

NO_DOCX = msg("This is no DOCX file. Save it as “Word document (.docx)” and send it again.")
TOO_LARGE = msg("The template is larger than 5 MB. Make its pictures smaller.")
HAS_MACROS = msg("The template holds macros or embedded programs. Save it without them.")
FETCHES = msg("The template fetches something from the network when it is opened. Put its pictures into the file.")
UNKNOWN_PLACE = msg("Paragraph %(paragraph)s %(where)s: there is no place called “%(name)s”. There are: %(known)s.")
OTHER_COMMANDS = msg(
    "Paragraph %(paragraph)s %(where)s: “%(name)s” is a command; only places like {{ person }} may stand here."
)
MISSING_PLACE = msg("The template has no place for {{ %(name)s }}, and a letter of this kind cannot do without it.")


@dataclass(frozen=True)
class Block:
    """One paragraph of a letter, as it is printed."""

    text: str
    is_heading: bool = False
    part: str = "document"


def build_template(kind: Kind, script: str) -> bytes:
    """The template that the product brings along, as a DOCX that an organisation can make its own."""
    paper = docx.Document()
    paper.styles["Normal"].font.name = "Source Sans 3"
    paper.styles["Normal"].font.size = Pt(11)
    for line in kind.lines:
        if line[script] == HEADING:
            paper.add_heading(kind.title[script], level=1)
        else:
            paper.add_paragraph(line[script])
    return _saved(paper)


def _saved(paper: Paper) -> bytes:
    """The file without who made it and when."""
    told = paper.core_properties
    told.author = told.last_modified_by = told.comments = told.title = told.subject = told.keywords = ""
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def check_template(data: bytes, kind: Kind) -> None:
    """Raise `Invalid` naming every place that is unknown, and where; every command; every place that is missing."""
    if len(data) > LARGEST:
        raise Invalid(Problem("file", TOO_LARGE))
    parts = _parts(data)
    problems, seen = [], set()
    for part, number, text in _paragraphs(parts):
        where = {"paragraph": number, "where": WHERE.get(part, WHERE["document"])}
        problems += [
            Problem("file", OTHER_COMMANDS, parts={**where, "name": found}) for found in OTHER_CODE.findall(text)
        ]
        for name in PLACE.findall(text):
            seen.add(name)
            if name not in PLACES:
                known = ", ".join(PLACES)
                problems.append(Problem("file", UNKNOWN_PLACE, parts={**where, "name": name, "known": known}))
    problems += [Problem("file", MISSING_PLACE, parts={"name": name}) for name in kind.needed if name not in seen]
    if problems:
        raise Invalid(*problems)


def _parts(data: bytes) -> dict[str, bytes]:
    """The parts of the file that hold text, or `Invalid` where it is not what it should be."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if sum(one.file_size for one in archive.infolist()) > LARGEST_OPEN:
                raise Invalid(Problem("file", TOO_LARGE))
            if any(
                "vbaproject" in name.lower() or "/embeddings/" in name or "/activex/" in name.lower() for name in names
            ):
                raise Invalid(Problem("file", HAS_MACROS))
            for name in names:
                if name.endswith(".rels") and _fetches(archive.read(name)):
                    raise Invalid(Problem("file", FETCHES))
            found = {match[1]: archive.read(name) for name in names if (match := PARTS.fullmatch(name))}
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        raise Invalid(Problem("file", NO_DOCX)) from None
    if "document" not in found:
        raise Invalid(Problem("file", NO_DOCX))
    return found


def _fetches(relations: bytes) -> bool:
    return any(
        one.get("TargetMode") == "External" and not str(one.get("Type")).endswith("/hyperlink")
        for one in _parsed(relations)
    )


def _parsed(xml: bytes) -> Any:  # Any: an element of lxml
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        raise Invalid(Problem("file", NO_DOCX)) from None


def _paragraphs(parts: Mapping[str, bytes]) -> Iterator[tuple[str, int, str]]:
    """Every paragraph with text, of tables and boxes too: its part, its number, its text."""
    for name, xml in parts.items():
        number = 0
        for paragraph in _parsed(xml).iter(f"{WORD}p"):
            text = _text(paragraph)
            if text.strip():
                number += 1
                yield re.sub(r"\d", "", name), number, text


def _text(paragraph: Any) -> str:  # Any: an element of lxml
    marks = {f"{WORD}br": "\n", f"{WORD}tab": "\t", f"{WORD}cr": "\n"}
    return "".join(one.text or "" if one.tag == f"{WORD}t" else marks.get(one.tag, "") for one in paragraph.iter())


def fill(template: bytes, values: Mapping[str, str]) -> bytes:
    """The letter as DOCX: a paragraph whose places all stay empty is left out."""
    bare = docx.Document(BytesIO(template))
    for root in _roots(bare):
        for paragraph in list(root.iter(f"{WORD}p")):
            places = PLACE.findall(_text(paragraph))
            if places and not any(values.get(name, "").strip() for name in places):
                _take_out(paragraph)
    paper = DocxTemplate(BytesIO(_saved(bare)))
    environment = SandboxedEnvironment(autoescape=True)
    paper.render({name: values.get(name, "") for name in PLACES}, jinja_env=environment)
    return _saved(paper.docx)


def _roots(paper: Paper) -> Iterator[Any]:  # Any: elements of lxml
    yield paper.element.body
    for section in paper.sections:
        yield section.header._element
        yield section.footer._element


def _take_out(paragraph: Any) -> None:  # Any: an element of lxml
    """A cell must keep a paragraph, so there only its words go."""
    parent = paragraph.getparent()
    if parent.tag == f"{WORD}tc" and len(parent.findall(f"{WORD}p")) == 1:
        for run in paragraph.findall(f"{WORD}r"):
            paragraph.remove(run)
    else:
        parent.remove(paragraph)


def read_blocks(letter: bytes) -> list[Block]:
    """What stands in a filled letter, head first, foot last."""
    order = {"header": 0, "footer": 2}
    blocks = []
    parts = _parts(letter)
    for name, xml in sorted(parts.items(), key=lambda pair: order.get(re.sub(r"\d", "", pair[0]), 1)):
        for paragraph in _parsed(xml).iter(f"{WORD}p"):
            style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
            heading = style is not None and str(style.get(f"{WORD}val")).startswith(("Heading", "Title"))
            text = _text(paragraph).strip()
            if text:
                blocks.append(Block(text, heading, re.sub(r"\d", "", name)))
    return blocks


def text_of(blocks: list[Block]) -> str:
    """The letter as one text."""
    return "\n".join(block.text for block in blocks)
