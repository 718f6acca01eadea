"""Build the pages that show every component: run this file, then open `_site/index.html` beside it.

Needs nothing but Python; fonts appear when `frontend/node_modules` is there. In a sample `[[عربي||English]]`
gives a text in both languages and `{icon:name}` an icon: each sample is written once and shown four times.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SITE = HERE / "_site"
STYLES = ROOT / "frontend/src/styles"
MODULES = ROOT / "frontend/node_modules"
STATIC = ROOT / "archive/static/hashiya"
PARTIALS = ROOT / "archive/templates/components"
#: Names of the icons that are turned over in right-to-left pages, as the partial lists them.
FLIPPED = set(re.findall(r"name in '([^']+)'", (PARTIALS / "icon.html").read_text())[0].split())

#: An open dialog floats; in a sample it stands in its place.
SAMPLE_RULES = ".sample-dialog .dialog { position: static; }\n"
IMPORT = re.compile(r'@import url\("([^"]+)"\)(?: layer\((\w+)\))?;')
URL = re.compile(r"""url\("?((?:\./files|@fontsource)[^)"]+)"?\)""")


def main() -> None:
    """Write the style sheet and, for each language and theme, the components and the sample pages."""
    SITE.mkdir(exist_ok=True)
    (SITE / "styles.css").write_text(_sheet(STYLES / "index.css") + SAMPLE_RULES)
    for lang in ("ar", "en"):
        for theme in ("light", "dark"):
            _write(f"components-{lang}-{theme}.html", lang, theme, _components())
            for page in sorted((HERE / "pages").glob("*.html")):
                _write(f"{page.stem}-{lang}-{theme}.html", lang, theme, page.read_text())
    (SITE / "index.html").write_text(_index())


def _sheet(path: Path) -> str:
    """Return a style sheet with its imports in place, each in its layer."""

    def put(match: re.Match[str]) -> str:
        target, layer = match.groups()
        file = _file(target, path)
        if not file.exists():
            return ""
        body = _sheet(file)
        return f"@layer {layer} {{\n{body}\n}}" if layer else body

    text = IMPORT.sub(put, path.read_text())
    return URL.sub(lambda m: f"url({_file(m.group(1), path).as_uri()})", text)


def _file(target: str, path: Path) -> Path:
    return MODULES / target if target.startswith("@") else (path.parent / target).resolve()


def _components() -> str:
    parts = []
    for sample in sorted((HERE / "components").glob("*.html")):
        title = sample.stem.partition("-")[2].replace("-", " ")
        parts.append(f'<section class="section" id="{sample.stem}"><div class="section__head">')
        parts.append(f'<h2 class="section__title section__title--small" lang="en">{html.escape(title)}</h2>')
        parts.append(f'<span class="faint tiny ltr">components/{sample.name}</span></div>')
        parts.append(f"{sample.read_text()}</section>")
    main = f'<main class="page__main" id="main"><div class="wrap">{"".join(parts)}</div></main>'
    return _shared("header") + main + _shared("footer")


def _shared(name: str) -> str:
    return (HERE / f"shared/{name}.html").read_text()


def _icon(match: re.Match[str]) -> str:
    name, _, extra = match.group(1).partition(" ")
    flip = " icon--flip" if name in FLIPPED else ""
    return f'<svg class="icon{flip} {extra}" aria-hidden="true"><use href="#{name}"></use></svg>'


def _render(text: str, lang: str) -> str:
    text = re.sub(r"\{shared:(\w+)\}", lambda m: _shared(m.group(1)), text)
    folio = (PARTIALS / "folio.html").read_text().partition("endcomment %}")[2]
    text = text.replace("{folio}", folio)
    text = re.sub(r"\[\[(.*?)\|\|(.*?)\]\]", lambda m: m.group(1 if lang == "ar" else 2), text, flags=re.S)
    text = text.replace("{lang}", lang).replace("{dir}", "rtl" if lang == "ar" else "ltr")
    text = text.replace("{mark}", STATIC.joinpath("mark.svg").as_uri())
    return re.sub(r"\{icon:([\w -]+)\}", _icon, text)


def _write(name: str, lang: str, theme: str, body: str) -> None:
    sprite = STATIC.joinpath("icons.svg").read_text().replace("<svg ", "<svg hidden ")
    direction = "rtl" if lang == "ar" else "ltr"
    (SITE / name).write_text(
        f'<!DOCTYPE html>\n<html lang="{lang}" dir="{direction}" data-theme="{theme}" data-script="on"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>Hashiya: {html.escape(name)}</title><link rel="stylesheet" href="styles.css"></head>'
        f'<body class="page">{sprite}{_render(body, lang)}</body></html>\n'
    )


def _index() -> str:
    names = sorted(p.name for p in SITE.glob("*-*-*.html"))
    links = "".join(f'<li><a href="{n}">{n.removesuffix(".html")}</a></li>' for n in names)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Hashiya: design system</title>'
        '<link rel="stylesheet" href="styles.css"></head><body><main class="wrap page__main">'
        '<div class="prose"><h1>Design system</h1><p>Every component and sample page, in both languages and '
        f"themes.</p><ul>{links}</ul></div></main></body></html>\n"
    )


if __name__ == "__main__":
    main()
