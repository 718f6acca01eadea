/**
 * `<form data-editor>`: a page of a draft, each block's Markdown in a `<textarea>` of its own. Boxes grow with their
 * words, Backspace at the start of one joins it to the one before, Ctrl or ⌘ with S saves, nobody leaves unsaved
 * words behind unasked, and a window that is lost loses none. Without this script the page does all but this.
 */

import { EditorKeep, FIELDS, type Field, isChanged } from "./editor-keep";
import { joined } from "./joining";

const GROWS = CSS.supports("field-sizing", "content");

/** Where the caret was when the page was sent, so that the answer begins there. */
interface Caret {
  readonly path: string;
  readonly box: string;
  readonly at: number;
  readonly top: number;
}

export function startEditor(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-editor]");
  if (form) new Editor(form);
}

class Editor {
  private readonly boxes: readonly HTMLTextAreaElement[];
  private readonly sign: HTMLElement | null;
  private sending = false;

  constructor(private readonly form: HTMLFormElement) {
    this.boxes = [...form.querySelectorAll<HTMLTextAreaElement>("[data-row] textarea")];
    this.sign = form.querySelector("[data-sign] > *");
    new EditorKeep(form);
    form.addEventListener("input", (event) => this.touched(event.target));
    form.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", () => this.leave());
    document.addEventListener("keydown", (event) => this.save(event));
    addEventListener("beforeunload", (event) => {
      if (!this.sending && this.unsaved) event.preventDefault();
    });
    form.addEventListener("editor:reset", () => {
      this.boxes.forEach(grow);
      this.tell();
    });
    addEventListener("pageshow", () => {
      this.sending = false;
      this.tell();
    });
    for (const box of this.boxes) grow(box);
    addEventListener("resize", () => this.boxes.forEach(grow));
    this.tell();
    // The browser goes to the place that the address names by then, and takes the focus away.
    if (document.readyState === "complete") this.begin();
    else addEventListener("load", () => this.begin());
  }

  private begin(): void {
    this.comeBack();
    this.form.dataset.ready = "";
  }

  private get unsaved(): boolean {
    return "unsaved" in this.form.dataset || this.fields.some(isChanged);
  }

  /** All that can be typed into, addresses beside blocks and words without a block too. */
  private get fields(): Field[] {
    return [...this.form.querySelectorAll<Field>(FIELDS)];
  }

  private touched(target: EventTarget | null): void {
    // Who types is here still: the page that was asked for did not come.
    this.sending = false;
    const box = this.boxes.find((one) => one === target);
    if (box) grow(box);
    this.tell(box ? [box] : []);
  }

  private tell(boxes: readonly HTMLTextAreaElement[] = this.boxes): void {
    for (const each of boxes) {
      each.closest("[data-row]")?.classList.toggle("draft-row--changed", isChanged(each));
    }
    if (this.sign) this.sign.hidden = !this.unsaved;
  }

  private save(event: KeyboardEvent): void {
    if (event.code !== "KeyS" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (!this.sending) this.form.requestSubmit(this.form.querySelector<HTMLButtonElement>("[data-save]"));
  }

  private pressed(event: KeyboardEvent): void {
    const box = event.target;
    if (event.key !== "Backspace" || event.isComposing || !(box instanceof HTMLTextAreaElement)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (box.selectionStart !== 0 || box.selectionEnd !== 0 || "plain" in box.dataset || !box.value) return;
    const before = this.boxes.slice(0, this.boxes.indexOf(box)).reverse();
    const target = before.find((one) => one.value !== "" || "plain" in one.dataset);
    if (!target || "plain" in target.dataset) return;
    event.preventDefault();
    const { text, seam } = joined(target.value, box.value);
    replace(box, "");
    replace(target, text);
    target.setSelectionRange(seam, seam);
  }

  private leave(): void {
    this.sending = true;
    const box = document.activeElement;
    if (!(box instanceof HTMLTextAreaElement) || !this.boxes.includes(box)) return;
    const top = box.getBoundingClientRect().top;
    const caret: Caret = { path: location.pathname, box: box.name, at: box.selectionStart, top };
    sessionStorage.setItem("hashiya.editor", JSON.stringify(caret));
  }

  private comeBack(): void {
    const kept = sessionStorage.getItem("hashiya.editor");
    sessionStorage.removeItem("hashiya.editor");
    if (!kept) return;
    const caret = JSON.parse(kept) as Caret;
    const box = this.boxes.find((one) => one.name === caret.box);
    if (caret.path !== location.pathname || !box || this.form.querySelector("[aria-invalid]")) return;
    if (this.form.contains(document.activeElement)) return;
    history.replaceState(null, "", location.pathname + location.search);
    box.focus({ preventScroll: true });
    box.setSelectionRange(caret.at, caret.at);
    scrollBy({ top: box.getBoundingClientRect().top - caret.top, behavior: "instant" });
  }
}

/** Put other words into a box as if they were typed, so that the browser can take it back. */
function replace(box: HTMLTextAreaElement, text: string): void {
  box.focus();
  box.select();
  if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function grow(box: HTMLTextAreaElement): void {
  if (GROWS) return;
  box.style.blockSize = "auto";
  box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}
