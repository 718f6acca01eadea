/**
 * `<form data-keep="id">`: what is typed survives a closed window. It comes back with a word about it, and is forgotten
 * once the server has taken the form.
 */

import { button, debounce, h } from "../lib/dom";
import { t } from "./messages";

type Fields = Record<string, string>;

export function startKeeping(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-keep]")) keep(form);
}

function keep(form: HTMLFormElement): void {
  const name = `hashiya.form.${location.pathname}.${form.dataset.keep}`;
  const sent = `${name}.sent`;
  const first = fieldsOf(form);
  // A page that comes back with errors holds what was typed; any other page means that it was taken.
  const refused = form.querySelector(".field__error, .form-errors") !== null;
  if (read(sent) && !refused) forget(name);
  forget(sent);
  const kept = read(name);
  if (kept && !refused && Object.entries(kept).some(([field, value]) => first[field] !== value)) {
    fill(form, kept);
    tell(form, () => {
      fill(form, first);
      forget(name);
    });
  }
  const write = debounce(300, () => localStorage.setItem(name, JSON.stringify(fieldsOf(form))));
  form.addEventListener("input", write);
  form.addEventListener("submit", () => localStorage.setItem(sent, "{}"));
}

function tell(form: HTMLFormElement, undo: () => void): void {
  const note = h("div", { class: "alert", role: "status" }, h("p", {}, t("kept")));
  const away = (): void => {
    undo();
    note.remove();
  };
  note.append(button(t("forget"), "button button--small", away));
  form.prepend(note);
}

const TYPED =
  "input:not([type=hidden], [type=password], [type=file], [type=checkbox], [type=radio]), textarea, select";

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(TYPED)].filter(({ name }) => name);
}

function fieldsOf(form: HTMLFormElement): Fields {
  return Object.fromEntries(inputs(form).map(({ name, value }) => [name, value]));
}

function fill(form: HTMLFormElement, fields: Fields): void {
  for (const input of inputs(form)) input.value = fields[input.name] ?? input.value;
}

function read(name: string): Fields | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Fields | null;
  } catch {
    return null;
  }
}

function forget(name: string): void {
  localStorage.removeItem(name);
}
