/** What is told when notes cannot be shown in their places; loaded only then. */

import { translator } from "../i18n";
import ar from "../i18n/ar/notices.json";
import en from "../i18n/en/notices.json";
import { h } from "../lib/dom";
import { canPaint } from "../textlayer/painter";

const t = translator<keyof typeof en>({ ar, en });

/** Say, once a page, that its address names a note that is not here; nothing tells whether others see it. */
export function unknownNote(before: HTMLElement, id: string): void {
  const isCard = document.getElementById(`note-${id}`) !== null;
  if (isCard || document.querySelector("[data-unknown-note], [data-carrying]")) return;
  if (before.dataset.part && !new URLSearchParams(location.search).has("note")) {
    // Another part of the text may have it: the server knows which.
    location.replace(`?note=${encodeURIComponent(id)}#note-${encodeURIComponent(id)}`);
    return;
  }
  const said = h("p", { class: "alert alert--info", role: "status", "data-unknown-note": "" });
  before.before(said);
  // A region that is read out when it changes has to stand there before.
  setTimeout(() => {
    said.textContent = t("unknown_note");
  }, 100);
}

/** `agrees`: whether the page still holds the text that the server sent. */
export function notices(article: HTMLElement, agrees: boolean): void {
  if (!agrees) article.before(h("p", { class: "alert alert--warning", role: "status" }, t("rewritten")));
  const { markedUrl } = article.dataset;
  if (canPaint() || !markedUrl) return;
  const link = h("a", { href: markedUrl }, t("show_marked"));
  article.before(h("p", { class: "alert", role: "status" }, h("span", {}, t("no_highlights"), " ", link)));
}
