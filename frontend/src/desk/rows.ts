/**
 * `<ol data-rows="credits">`: rows of a form that are added, moved and taken out in place. Without this script the same
 * buttons send the form, and the page comes back with the rows as asked.
 *
 *     <li data-row><span data-row-number>1</span> <input name="credits-0-name_ar"> <button name="row" value="up-0">…
 *     <template data-rows-blank="credits">a row whose place is __n__</template>
 *
 * A list without such a template has the rows that it has. Its buttons have the name `data-rows-name`, "row" if that is
 * not said.
 */

import { announce } from "../lib/announce";
import { t } from "./messages";

const PLACED = ["id", "name", "for", "value", "aria-describedby", "aria-label"] as const;

export function startRows(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-rows]")) start(list);
}

function start(list: HTMLElement): void {
  const { form } = list.closest<HTMLFieldSetElement>("fieldset") ?? {};
  const blank = document.querySelector<HTMLTemplateElement>(`[data-rows-blank="${list.dataset.rows}"]`);
  if (!form) return;
  form.addEventListener("submit", (event) => {
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.name !== nameOf(list)) return;
    const [act = ""] = button.value.split("-");
    if (act === "add" && !blank) return;
    event.preventDefault();
    if (act === "add" && blank) add(list, blank);
    else move(list, button, act);
  });
  list.addEventListener("change", (event) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>("[data-row]");
    if (row) tellChosen(row);
  });
}

const nameOf = (list: HTMLElement): string => list.dataset.rowsName ?? "row";

const rowsOf = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>(":scope > [data-row]"),
];

function add(list: HTMLElement, blank: HTMLTemplateElement): void {
  list.append(document.importNode(blank.content, true));
  number(list);
  rowsOf(list).at(-1)?.querySelector<HTMLElement>("input")?.focus();
}

function move(list: HTMLElement, button: HTMLButtonElement, act: string): void {
  const row = button.closest<HTMLElement>("[data-row]");
  if (!row) return;
  const { previousElementSibling: before, nextElementSibling: after } = row;
  if (act === "up") before?.before(row);
  if (act === "down") after?.after(row);
  if (act === "out") row.remove();
  number(list);
  if (act !== "out") {
    // At an end the pressed button has nothing left to do: the other one goes on.
    (button.disabled
      ? row.querySelector<HTMLElement>(`button[name=${nameOf(list)}]:enabled`)
      : button
    )?.focus();
    announce(t("row_moved", { number: rowsOf(list).indexOf(row) + 1 }));
    return;
  }
  const near = (after ?? before) as HTMLElement | null;
  (near ?? list.parentElement?.querySelector<HTMLElement>("button[value=add]"))?.focus();
  announce(t("row_out"));
}

/** Give each row the names, ids and labels of its place. */
export function number(list: HTMLElement): void {
  const rows = rowsOf(list);
  rows.forEach((row, at) => {
    for (const element of [row, ...row.querySelectorAll<HTMLElement>("*")]) place(element, at);
    for (const shown of row.querySelectorAll("[data-row-number]")) shown.textContent = `${at + 1}`;
    const [up, down] = ["up", "down"].map((act) =>
      row.querySelector<HTMLButtonElement>(`button[value="${act}-${at}"]`),
    );
    if (up) up.disabled = at === 0;
    if (down) down.disabled = at === rows.length - 1;
  });
}

function place(element: HTMLElement, at: number): void {
  for (const name of PLACED) {
    const value = element.getAttribute(name);
    if (value === null || (name === "value" && element.tagName !== "BUTTON")) continue;
    const placed =
      name === "aria-label"
        ? value.replace(/\d+|__n__/, `${at + 1}`)
        : value.replace(/((?:credits?|part|up|down|out)-)(?:\d+|__n__)/g, `$1${at}`);
    if (placed !== value) element.setAttribute(name, placed);
  }
}

function tellChosen(row: HTMLElement): void {
  const shown = row.querySelector<HTMLElement>("[data-row-chosen]");
  if (!shown) return;
  const ticked = [...row.querySelectorAll<HTMLInputElement>("input[type=checkbox]:checked")];
  const words = ticked.map((box) => box.closest("label")?.textContent?.trim() ?? "");
  shown.textContent = words.length ? `: ${words.join(t("comma"))}` : "";
}
