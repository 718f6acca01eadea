/** `<textarea data-mentions="/workbench/notes/…/people">`: after an @ the names of those who may read are offered. */

import { announce } from "../lib/announce";
import { debounce, h } from "../lib/dom";
import { request } from "../lib/http";
import { t } from "./messages";

interface Person {
  readonly id: string;
  readonly label: string;
}

/** Letters after the sign that are looked up. */
const LONGEST = 40;
const PAUSE = 150;

/** Return what stands between the last @ and the caret, when it may be the beginning of a name. */
export function asked(words: string, caret: number): string | null {
  const before = words.slice(0, caret);
  const at = before.lastIndexOf("@");
  if (at < 0 || (at > 0 && /[a-z0-9]/i.test(before.charAt(at - 1)))) return null;
  const name = before.slice(at + 1);
  return name && name.length <= LONGEST && !name.includes("\n") ? name : null;
}

export function startMentions(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLElement;
    if (field instanceof HTMLTextAreaElement && field.dataset.mentions) offer();
  });
  document.addEventListener("keydown", (event) => {
    const list = listOf(event.target);
    if (list && move(list, event)) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => listOf(event.target)?.remove());
}

const offer = debounce(PAUSE, () => void search(document.activeElement));

async function search(field: Element | null): Promise<void> {
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.mentions) return;
  const name = asked(field.value, field.selectionStart);
  if (name === null) {
    close(field);
    return;
  }
  const url = `${field.dataset.mentions}?q=${encodeURIComponent(name)}`;
  try {
    const { ok, data } = await request<{ people?: readonly Person[] }>("GET", url);
    // Somebody types on while the server looks.
    if (asked(field.value, field.selectionStart) === name) show(field, ok ? (data.people ?? []) : []);
  } catch {
    close(field);
  }
}

function show(field: HTMLTextAreaElement, people: readonly Person[]): void {
  close(field);
  if (people.length === 0) return;
  const id = `mentions-${field.id || "answer"}`;
  const list = h("ul", { class: "mentions", role: "listbox", id, "aria-label": t("people") });
  people.forEach((person, index) => {
    const option = h(
      "li",
      { role: "option", id: `${id}-${index}`, "aria-selected": index === 0 ? "true" : "false" },
      h("bdi", {}, person.label),
    );
    option.dataset.label = person.label;
    // The field keeps its focus, and with it the list.
    option.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(field, option);
    });
    list.append(option);
  });
  field.after(list);
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-activedescendant", `${id}-0`);
  announce(t("found", { n: people.length }));
}

function listOf(target: EventTarget | null): HTMLElement | null {
  const field = target instanceof HTMLTextAreaElement && target.dataset.mentions ? target : null;
  return field?.nextElementSibling?.matches(".mentions") ? (field.nextElementSibling as HTMLElement) : null;
}

function move(list: HTMLElement, event: KeyboardEvent): boolean {
  const field = list.previousElementSibling as HTMLTextAreaElement;
  const options = [...list.children] as HTMLElement[];
  const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape") close(field);
  else if (event.key === "Enter" || event.key === "Tab") take(field, options[now]);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = (now + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length;
    for (const option of options) option.setAttribute("aria-selected", String(option === options[next]));
    field.setAttribute("aria-activedescendant", options[next]?.id ?? "");
  } else return false;
  return true;
}

function take(field: HTMLTextAreaElement, option: HTMLElement | undefined): void {
  const label = option?.dataset.label;
  const caret = field.selectionStart;
  const at = field.value.lastIndexOf("@", caret - 1);
  close(field);
  if (!label || at < 0) return;
  field.setRangeText(`@${label} `, at, caret, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function close(field: HTMLTextAreaElement): void {
  listOf(field)?.remove();
  field.removeAttribute("aria-controls");
  field.removeAttribute("aria-activedescendant");
}
