/** The pages of a PDF below each other, drawn by pdf.js when they come near, with their words to be selected and found. */

import {
  GlobalWorkerOptions,
  getDocument,
  type PDFDocumentProxy,
  type PDFPageProxy,
  TextLayer,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { icon } from "../icons/icon";
import { button, calm, h } from "../lib/dom";
import { t } from "./messages";

/** No page is drawn wider than this, in CSS pixels, and none with more pixels than that. */
const WIDEST = 1600;
const MOST_PIXELS = 12_000_000;
const STEP = 1.25;

interface Sheet {
  readonly element: HTMLElement;
  readonly page: PDFPageProxy;
  readonly width: number;
  /** The scale at which it was drawn; 0 before. */
  drawn: number;
}

export class Paper {
  /** Called when the reader has enough. */
  onClose: () => void = () => {};

  private readonly pages = h("div", { class: "paper__pages", dir: "ltr", tabindex: "0", role: "region" });
  private readonly frame = h("div", { class: "paper" });
  private readonly sheets: Sheet[] = [];
  private readonly near: IntersectionObserver;
  private larger = 1;

  /** Put the viewer into `place`, at a page; rejects when the file cannot be read. */
  static async into(place: HTMLElement, url: string, first: number): Promise<Paper> {
    GlobalWorkerOptions.workerPort ??= new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
    });
    const file = await getDocument({
      url,
      // Pages are fetched when they are looked at.
      disableAutoFetch: true,
      disableStream: true,
      // The letters are not drawn, so no font is needed; the content policy allows none from a file anyway.
      disableFontFace: true,
      useSystemFonts: false,
      useWasm: false,
      enableXfa: false,
    }).promise;
    const paper = new Paper(place, file);
    await paper.lay(file, first);
    return paper;
  }

  private constructor(
    place: HTMLElement,
    private readonly file: PDFDocumentProxy,
  ) {
    this.pages.setAttribute("aria-label", t("region"));
    this.frame.append(this.pages, this.toolbar());
    place.append(this.frame);
    this.near = new IntersectionObserver((entries) => this.come(entries), {
      root: this.pages,
      rootMargin: "100% 0px",
    });
  }

  focus(): void {
    this.pages.focus({ preventScroll: true });
    this.frame.scrollIntoView({ block: "start", behavior: calm() ? "instant" : "smooth" });
  }

  private async lay(file: PDFDocumentProxy, first: number): Promise<void> {
    for (let number = 1; number <= file.numPages; number += 1) {
      // The first page tells the size of those that are not known yet; each is asked when it comes near.
      const label = t("page_of", { n: number, all: file.numPages });
      const element = h("section", { class: "paper__page", "aria-label": label });
      element.dataset.number = String(number);
      this.pages.append(element);
    }
    const sample = (await file.getPage(1)).getViewport({ scale: 1 });
    for (const element of this.elements()) this.size(element, sample.width, sample.height);
    const target = this.elements()[first - 1];
    if (target && first > 1) this.pages.scrollTop = target.offsetTop - this.pages.offsetTop;
    for (const element of this.elements()) this.near.observe(element);
  }

  private elements(): HTMLElement[] {
    return [...this.pages.querySelectorAll<HTMLElement>(".paper__page")];
  }

  private size(element: HTMLElement, width: number, height: number): void {
    const shown = Math.min(this.pages.clientWidth - 24, WIDEST) * this.larger;
    element.style.setProperty("inline-size", `${shown}px`);
    element.style.setProperty("aspect-ratio", `${width} / ${height}`);
  }

  private come(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      if (entry.isIntersecting) void this.show(entry.target as HTMLElement);
    }
  }

  private async show(element: HTMLElement): Promise<void> {
    let sheet = this.sheets.find((one) => one.element === element);
    if (!sheet) {
      const page = await this.file.getPage(Number(element.dataset.number));
      const { width, height } = page.getViewport({ scale: 1 });
      sheet = this.sheets.find((one) => one.element === element);
      if (!sheet) {
        sheet = { element, page, width, drawn: 0 };
        this.sheets.push(sheet);
        this.size(element, width, height);
      }
    }
    const scale = element.clientWidth / sheet.width;
    if (sheet.drawn === scale) return;
    sheet.drawn = scale;
    await draw(sheet, scale);
    this.frame.dataset.drawn = "";
  }

  private zoom(by: number): void {
    this.larger = Math.min(4, Math.max(0.5, this.larger * by));
    for (const element of this.elements()) {
      const [width, height] = element.style.getPropertyValue("aspect-ratio").split(" / ").map(Number);
      this.size(element, width ?? 1, height ?? 1);
      // Looked at again, those that are near are drawn anew.
      this.near.unobserve(element);
      this.near.observe(element);
    }
  }

  private toolbar(): HTMLElement {
    const bar = h("div", { class: "toolbar paper__tools", role: "toolbar", "aria-label": t("region") });
    bar.append(
      this.tool("plus", "nearer", () => this.zoom(STEP)),
      this.tool("minus", "farther", () => this.zoom(1 / STEP)),
      this.tool("close", "close", () => this.close()),
    );
    return bar;
  }

  private tool(name: string, label: Parameters<typeof t>[0], onClick: () => void): HTMLButtonElement {
    const made = button("", "toolbar__button", onClick);
    made.append(icon(name));
    made.setAttribute("aria-label", t(label));
    made.title = t(label);
    return made;
  }

  private close(): void {
    this.near.disconnect();
    this.frame.remove();
    void this.file.loadingTask.destroy();
    GlobalWorkerOptions.workerPort = null;
    this.onClose();
  }
}

/** Words that run to the left come without the spaces behind them, and a vowel at their end before them. */
function mend(words: readonly HTMLElement[]): void {
  words.forEach((word, place) => {
    const text = word.textContent ?? "";
    const next = words[place + 1];
    if (next && /^\s*\p{M}+\s*$/u.test(text)) {
      next.textContent += text.trim();
      word.textContent = "";
    }
  });
  for (const word of words) {
    if (word.dir === "rtl" && word.textContent) word.textContent = `${word.textContent.trimEnd()} `;
  }
}

/** Draw a page and lay its words over it. */
async function draw(sheet: Sheet, scale: number): Promise<void> {
  const viewport = sheet.page.getViewport({ scale });
  const dense = Math.min(
    window.devicePixelRatio || 1,
    Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height)),
  );
  const canvas = h("canvas", { class: "paper__pixels", "aria-hidden": "true" });
  canvas.width = Math.floor(viewport.width * dense);
  canvas.height = Math.floor(viewport.height * dense);
  await sheet.page.render({ canvas, viewport, transform: [dense, 0, 0, dense, 0, 0] }).promise;
  const words = h("div", { class: "textLayer paper__words" });
  words.style.setProperty("--total-scale-factor", String(scale));
  words.style.setProperty("--scale-factor", String(scale));
  const layer = new TextLayer({
    textContentSource: await sheet.page.getTextContent(),
    container: words,
    viewport,
  });
  await layer.render();
  mend(layer.textDivs);
  sheet.element.replaceChildren(canvas, words);
}
