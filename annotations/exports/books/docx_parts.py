"""What every Word document of ours has in common: styles, settings, kinds of its parts."""

from __future__ import annotations

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

#: The mark of a footnote in the text, by its number; and before its words.
MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
BETWEEN_MARKS = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t xml:space="preserve"> · </w:t></w:r>'
)
OWN_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
#: The same where the order of the marks is not that of the numbers, so that no program may count them.
WRITTEN_MARK = (
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:customMarkFollows="1" w:id="{0}"/>'
    "<w:t>{0}</w:t></w:r>"
)
WRITTEN_OWN_MARK = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{}</w:t></w:r>'
#: A4 with margins of 2 cm.
PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" '
    'w:header="709" w:footer="709" w:gutter="0"/>'
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("settings", "settings"),
            ("footnotes", "footnotes"),
            ("numbering", "numbering"),
        )
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
#: Relations that every document has; those of links and pictures are numbered after them.
FIXED_RELS = ("styles", "settings", "footnotes", "numbering")

SETTINGS = (
    f'{HEAD}<w:settings {W}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)

SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def styles(language: str) -> str:
    """Return the styles of a document in a BCP 47 language."""
    faces = '<w:rFonts w:ascii="Literata" w:hAnsi="Literata" w:cs="Noto Naskh Arabic"/>'
    base = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{faces}<w:sz w:val="24"/><w:szCs w:val="26"/><w:lang w:val="en-US" w:bidi="{language}"/>'
        '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar>'
        '<w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    headings = "".join(
        _style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>',
            _size(40 - 4 * level, bold=True),
        )
        for level in range(1, 7)
    )
    rest = (
        _style("Title", "Title", '<w:jc w:val="center"/>', _size(52, bold=True))
        + _style("Quote", "Quote", '<w:ind w:start="560" w:end="560"/>', "")
        + _style("Verse", "Verse", '<w:jc w:val="center"/>', "")
        + _style("Caption", "caption", '<w:jc w:val="center"/>', _size(20, bold=False))
        + _style(
            "SourceCode",
            "Source Code",
            "",
            '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
        )
        + _style(
            "FootnoteText",
            "footnote text",
            '<w:spacing w:after="40" w:line="240" w:lineRule="auto"/>',
            _size(20, bold=False),
        )
        + '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1F5F8B"/><w:u w:val="single"/></w:rPr></w:style>'
    )
    return f"{HEAD}<w:styles {W}>{base}{headings}{rest}</w:styles>"


def _style(ident: str, name: str, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{ident}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int, *, bold: bool) -> str:
    weight = "<w:b/><w:bCs/>" if bold else ""
    return f'{weight}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def numbering(starts: list[int]) -> str:
    """Return the lists of a document: number 1 has bullets, each after it counts from its start."""

    def levels(form: str, sign: str) -> str:
        return "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign.format(n + 1)}"/>'
            f'<w:lvlJc w:val="start"/><w:pPr><w:ind w:start="{400 * (n + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for n in range(9)
        )

    kinds = (
        f'<w:abstractNum w:abstractNumId="0">{levels("bullet", "•")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{levels("decimal", "%{}.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    counted = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/>'
        + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for level in range(9)
        )
        + "</w:num>"
        for n, start in enumerate(starts, start=2)
    )
    return f"{HEAD}<w:numbering {W}>{kinds}{counted}</w:numbering>"


def core(title: str, authors: str, language: str, identifier: str) -> str:
    """Return what the document says of itself; every value is escaped already."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{authors}</dc:creator><dc:language>{language}</dc:language>"
        f"<dc:identifier>{identifier}</dc:identifier></cp:coreProperties>"
    )


def drawing(relation: str, number: int, size: tuple[int, int], alternative: str) -> str:
    """Return a picture in a line, as wide as the page at most; `size` is in pixels, `alternative` escaped already."""
    # In EMU: 9525 a pixel, at most 15 cm by 20 cm.
    scale = min(9525.0, 5_400_000 / max(1, size[0]), 7_200_000 / max(1, size[1]))
    width, height = (max(1, int(side * scale)) for side in size)
    a = "http://schemas.openxmlformats.org/drawingml/2006"
    named = f'id="{number}" name="picture {number}" descr="{alternative}"'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{a}/wordprocessingDrawing"><wp:extent cx="{width}" cy="{height}"/><wp:docPr {named}/>'
        f'<a:graphic xmlns:a="{a}/main"><a:graphicData uri="{a}/picture"><pic:pic xmlns:pic="{a}/picture">'
        f'<pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
