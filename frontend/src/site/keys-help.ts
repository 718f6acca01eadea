/** The dialog that says what the keys of this page do, and lets them be switched off. */

import { button, h } from "../lib/dom";
import { t } from "./messages";

type Row = readonly [keys: string, means: string];

export function openKeysHelp(): void {
  if (document.querySelector("dialog[open]")) return;
  const close = button(t("close"), "button button--primary", () => dialog.close());
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": "keys-title" },
    h("div", { class: "dialog__head" }, h("h2", { class: "dialog__title", id: "keys-title" }, t("keys"))),
    h("div", { class: "dialog__body" }, ...groups(), choice()),
    h("div", { class: "dialog__foot" }, close),
  );
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

function groups(): (HTMLElement | null)[] {
  return [
    group(t("everywhere"), [
      ["/", t("key_search")],
      ["?", t("key_help")],
      ["Esc", t("key_escape")],
    ]),
    group(t("in_text"), keysOfText()),
    group(t("on_page"), keysOfPage()),
  ];
}

function group(title: string, rows: readonly Row[]): HTMLElement | null {
  if (!rows.length) return null;
  const lines = rows.map(([keys, means]) =>
    h("div", {}, h("dt", {}, h("kbd", { dir: "ltr" }, keys)), h("dd", {}, means)),
  );
  return h("section", { class: "keys" }, h("h3", { class: "keys__title" }, title), h("dl", {}, ...lines));
}

function keysOfText(): Row[] {
  if (!document.querySelector("article[data-text-id], hashiya-places")) return [];
  const rows: Row[] = [
    ["J", t("key_next")],
    ["K", t("key_previous")],
  ];
  if (!document.querySelector("hashiya-workbench")) return rows;
  return [
    ...rows,
    ["C", t("key_caret")],
    ["N", t("key_note")],
    ["T", t("key_tag")],
    ["L", t("key_link")],
    ["P", t("key_pickup")],
  ];
}

/** Desks, and what draws and plays, name their keys on the buttons themselves. */
function keysOfPage(): Row[] {
  const rows = new Map<string, string>();
  for (const element of document.querySelectorAll<HTMLElement>("[data-key], [aria-keyshortcuts]")) {
    const key = (element.dataset.key ?? element.getAttribute("aria-keyshortcuts") ?? "").toUpperCase();
    const means = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
    if (key && means && element.checkVisibility() && !rows.has(key)) rows.set(key, means);
  }
  return [...rows];
}

function choice(): HTMLElement {
  const root = document.documentElement;
  const box = h("input", { type: "checkbox", id: "keys-on", "aria-describedby": "keys-on-help" });
  box.checked = root.dataset.shortcuts !== "off";
  box.addEventListener("change", () => {
    if (box.checked) delete root.dataset.shortcuts;
    else root.dataset.shortcuts = "off";
    try {
      localStorage.setItem("hashiya.shortcuts", box.checked ? "on" : "off");
    } catch {
      // The choice then lasts for this page only.
    }
  });
  const words = h(
    "span",
    { class: "check__text" },
    t("single_keys"),
    h("span", { class: "check__help", id: "keys-on-help" }, t("single_keys_help")),
  );
  return h("label", { class: "check" }, box, words);
}
