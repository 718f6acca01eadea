/**
 * What is typed into a page of a draft survives a closed window, as with `keep.ts`; of fifty boxes those that were
 * changed are kept, each with what the page was made from. They come back into the same blocks; what was typed for a
 * block that changed meanwhile comes back beside them, in a box of its own. The server says which saves it has taken.
 */

import { button, debounce, h } from "../lib/dom";
import { t } from "./messages";

export type Field = HTMLTextAreaElement | HTMLInputElement;

interface Box {
  /** Signs of the block and its two neighbors. */
  readonly was: string;
  readonly text: string;
}

interface Entry {
  readonly version: string;
  /** It was sent, and nothing was typed since. */
  readonly sent: boolean;
  readonly boxes: Readonly<Record<string, Box>>;
}

export const FIELDS = "[data-row] textarea, .draft-lost textarea, .beside input[type=url]";

export class EditorKeep {
  private readonly name: string;
  private readonly version: string;
  private readonly page: string;
  private readonly write = debounce(300, () => this.store(false));

  constructor(private readonly form: HTMLFormElement) {
    this.version = this.hidden("version");
    this.page = this.hidden("page");
    this.name = `hashiya.editor.${form.dataset.editor}.${this.page}`;
    // A page that gives back what was typed has all of it.
    if ("unsaved" in form.dataset) this.store(false);
    else this.bringBack();
    form.addEventListener("input", () => this.write());
    form.addEventListener("submit", () => {
      this.write.cancel();
      this.store(true);
    });
    addEventListener("pagehide", () => this.write.flush());
  }

  private bringBack(): void {
    const kept = read(this.name);
    const taken = (this.form.dataset.taken ?? "").split(" ");
    if (!kept || (kept.sent && taken.includes(`${kept.version}.${this.page}`))) {
      localStorage.removeItem(this.name);
      return;
    }
    const back = Object.entries(kept.boxes).filter(([name, box]) => this.putBack(name, box));
    this.store(false);
    if (back.length > 0) this.tell();
  }

  /** Put words back where they were typed, or beside; returns whether anything is other than it was. */
  private putBack(name: string, box: Box): boolean {
    const field = this.fields.find((one) => one.name === name);
    if (field?.value === box.text) return false;
    if (field && this.signsOf(name) === box.was) {
      field.value = box.text;
      return true;
    }
    const number = Number(name.replace(/^\D+/, "")) + (name.startsWith("text-") ? 1 : 0);
    if (name.startsWith("href-") || !box.text.trim()) return false;
    const lost = this.form.querySelector<HTMLTextAreaElement>(`[name="lost-${number}"]`);
    if (lost?.value.includes(box.text)) return false;
    if (lost) lost.value = `${lost.value}\n\n${box.text}`;
    else this.lay(number, box.text);
    return true;
  }

  private lay(number: number, text: string): void {
    const like = this.form.querySelector("textarea");
    const label = t("lost", { number });
    const box = h("textarea", {
      class: "input input--text",
      name: `lost-${number}`,
      rows: 4,
      lang: like?.lang,
      dir: like?.dir,
      "aria-label": label,
    });
    box.value = text;
    const title = h("p", { class: "alert__title" }, label);
    const body = h("div", { class: "alert__body" }, title, box);
    this.form.prepend(h("div", { class: "alert alert--warning draft-lost", "data-laid": true }, body));
  }

  private tell(): void {
    const note = h("div", { class: "alert", role: "status" }, h("p", {}, t("kept")));
    const away = (): void => {
      for (const laid of this.form.querySelectorAll("[data-laid]")) laid.remove();
      for (const field of this.fields) field.value = field.defaultValue;
      this.write.cancel();
      localStorage.removeItem(this.name);
      note.remove();
      this.form.dispatchEvent(new Event("editor:reset"));
    };
    note.append(button(t("forget"), "button button--small", away));
    this.form.prepend(note);
  }

  private store(sent: boolean): void {
    const changed = this.fields.filter((field) => isChanged(field) || field.closest(".draft-row--unsaved"));
    const boxes = changed.map(({ name, value }) => [name, { was: this.signsOf(name), text: value }] as const);
    const entry: Entry = { version: this.version, sent, boxes: Object.fromEntries(boxes) };
    try {
      if (boxes.length > 0) localStorage.setItem(this.name, JSON.stringify(entry));
      else localStorage.removeItem(this.name);
    } catch {
      // Full, or shut off: the words are still in their boxes.
    }
  }

  private get fields(): Field[] {
    return [...this.form.querySelectorAll<Field>(FIELDS)];
  }

  private signsOf(name: string): string {
    const number = /^text-(\d+)$/.exec(name)?.[1];
    if (number === undefined) return "";
    return [-1, 0, 1].map((by) => this.hidden(`was-${Number(number) + by}`)).join(" ");
  }

  private hidden(name: string): string {
    return this.form.querySelector<HTMLInputElement>(`input[type=hidden][name="${name}"]`)?.value ?? "";
  }
}

/** Whether a field holds something else than the page brought. */
export function isChanged(field: Field): boolean {
  return field.value !== field.defaultValue;
}

function read(name: string): Entry | null {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") as Entry | null;
  } catch {
    return null;
  }
}
