/** What is told when notes cannot be shown in their places; loaded only then. */

import { translator } from "../i18n";
import ar from "../i18n/ar/notices.json";
import en from "../i18n/en/notices.json";
import { h } from "../lib/dom";
import { canPaint } from "../textlayer/painter";

const t = translator<keyof typeof en>({ ar, en });

/** `agrees`: whether the page still holds the text that the server sent. */
export function notices(article: HTMLElement, agrees: boolean): void {
  if (!agrees) article.before(h("p", { class: "alert alert--warning", role: "status" }, t("rewritten")));
  const { markedUrl } = article.dataset;
  if (canPaint() || !markedUrl) return;
  const link = h("a", { href: markedUrl }, t("show_marked"));
  article.before(h("p", { class: "alert", role: "status" }, h("span", {}, t("no_highlights"), " ", link)));
}
