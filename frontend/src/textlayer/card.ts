/** A note as a card, for the margin, the popover and the sheet. */

import { h, trusted } from "../lib/dom";
import { icon } from "../lib/icons";
import { t } from "./messages";
import type { Note, NoteReference, NoteTag } from "./notes";

/** Build the card of a note. `id` makes it the target of `#note-…`; only one card of a note may have it. */
export function noteCard(note: Note, options: { readonly id?: boolean } = {}): HTMLElement {
  return h(
    "article",
    {
      class: "note",
      id: options.id ? `note-${note.id}` : undefined,
      "data-note": note.id,
      "data-category": note.category,
      tabindex: 0,
    },
    h("div", { class: "note__head" }, categoryBadge(note), permalink(note)),
    note.place_html
      ? h("div", {}, trusted(note.place_html))
      : h("blockquote", { class: "note__quote", dir: "auto" }, note.exact),
    note.change_html ? h("div", {}, trusted(note.change_html)) : null,
    bodyOf(note),
    ...note.references.map(referenceLine),
    tagList(note.tags),
    h("div", { class: "note__foot" }, h("bdi", {}, note.author.name)),
  );
}

export function categoryBadge(note: Pick<Note, "category">): HTMLElement {
  const { category } = note;
  return h("span", { class: "badge", "data-category": category }, icon(category), t(`category_${category}`));
}

export function bodyOf(note: Pick<Note, "body_html" | "language">): HTMLElement {
  const body = h("div", { class: "note__body", lang: note.language || undefined, dir: "auto" });
  body.append(trusted(note.body_html));
  return body;
}

export function referenceLine(reference: NoteReference): HTMLElement {
  return h(
    "p",
    { class: "xref" },
    h("span", { class: "xref__relation" }, icon("link"), " ", reference.relation_label),
    h("a", { href: reference.target_url, dir: "auto" }, reference.target_label),
  );
}

export function tagList(tags: readonly NoteTag[]): HTMLElement | null {
  if (tags.length === 0) return null;
  const link = (tag: NoteTag): HTMLElement =>
    h("li", {}, h("a", { class: "tag", href: tag.url, "data-category": tag.kind }, h("bdi", {}, tag.label)));
  return h("ul", { class: "tag-list" }, ...tags.map(link));
}

function permalink(note: Note): HTMLElement {
  const label = t("permalink");
  return h(
    "span",
    { class: "note__actions" },
    h(
      "a",
      {
        class: "button button--quiet button--icon button--small",
        href: `#note-${note.id}`,
        "aria-label": label,
        title: label,
      },
      icon("link"),
    ),
    note.acts_html ? trusted(note.acts_html) : null,
  );
}
