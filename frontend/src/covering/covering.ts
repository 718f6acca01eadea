/**
 * Rectangles of a form drawn over their picture:
 *
 *   <form data-covering data-width="900" data-height="700" data-page="1">
 *     <svg class="covering__picture" viewBox="0 0 900 700">…</svg>
 *     <tbody data-covering-rows><tr data-area> five inputs: page, x, y, width, height </tr>…
 *
 * The numbers are the truth: what is drawn is written into them, and what is typed is drawn.
 */

import { icon } from "../icons/icon";
import { announce } from "../lib/announce";
import { button } from "../lib/dom";
import { type Area, moved, type Point, placeOf, type Size, sized, spanned, typed } from "./areas";
import { t } from "./messages";

const SVG = "http://www.w3.org/2000/svg";
const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export class Covering {
  private readonly page: Size;
  private readonly number: string;
  private readonly drawn = new Map<HTMLTableRowElement, SVGRectElement>();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly svg: SVGSVGElement,
    private readonly rows: HTMLTableSectionElement,
  ) {
    this.page = { width: Number(form.dataset.width), height: Number(form.dataset.height) };
    this.number = form.dataset.page ?? "1";
    for (const rect of svg.querySelectorAll("rect")) rect.remove();
    for (const row of this.all()) this.prepare(row);
    rows.addEventListener("input", () => this.draw());
    svg.addEventListener("pointerdown", (event) => this.begin(event));
    svg.dataset.drawing = "";
    for (const hint of form.querySelectorAll<HTMLElement>("[data-covering-hint]")) hint.hidden = false;
    this.draw();
    form.dataset.ready = "";
  }

  private all(): HTMLTableRowElement[] {
    return [...this.rows.querySelectorAll<HTMLTableRowElement>("tr[data-area]")];
  }

  private inputs(row: HTMLTableRowElement): HTMLInputElement[] {
    return [...row.querySelectorAll<HTMLInputElement>("input[type=number]")];
  }

  private areaOf(row: HTMLTableRowElement): Area | null {
    const [page, ...numbers] = this.inputs(row).map((input) => input.value);
    return (page?.trim() || "1") === this.number ? typed(numbers, this.page) : null;
  }

  private write(row: HTMLTableRowElement, area: Area | null): void {
    const values = area ? [this.number, area.x, area.y, area.width, area.height] : ["", "", "", "", ""];
    this.inputs(row).forEach((input, index) => {
      input.value = String(values[index] ?? "");
    });
    this.draw();
  }

  private prepare(row: HTMLTableRowElement): void {
    const cell = row.lastElementChild;
    if (!cell || cell.querySelector("button")) return;
    const remove = button("", "button button--quiet button--icon", () => {
      this.write(row, null);
      announce(t("taken_away"));
    });
    remove.append(icon("trash"));
    remove.setAttribute("aria-label", t("take_away"));
    remove.title = t("take_away");
    cell.append(remove);
  }

  /** Show each row's rectangle. */
  private draw(): void {
    this.all().forEach((row, index) => {
      const area = this.areaOf(row);
      const rect = this.drawn.get(row);
      if (!area) {
        rect?.remove();
        this.drawn.delete(row);
        return;
      }
      place(rect ?? this.add(row), area);
      const words = { n: index + 1, ...area };
      this.drawn.get(row)?.setAttribute("aria-label", t("part", words));
    });
    this.keepOneFree();
  }

  /** Show just one row without numbers: the form has several for those without a script. */
  private keepOneFree(): void {
    let seen = false;
    for (const row of this.all()) {
      const blank = this.isBlank(row) && !row.contains(document.activeElement);
      row.hidden = blank && seen;
      seen ||= blank;
    }
    if (!seen) this.free();
  }

  private isBlank(row: HTMLTableRowElement): boolean {
    return this.inputs(row).every((input, at) => at === 0 || !input.value.trim());
  }

  private add(row: HTMLTableRowElement): SVGRectElement {
    const rect = rectangle();
    rect.setAttribute("tabindex", "0");
    rect.setAttribute("role", "button");
    rect.addEventListener("keydown", (event) => this.key(event, row));
    rect.addEventListener("pointerdown", (event) => this.drag(event, row));
    this.svg.append(rect);
    this.drawn.set(row, rect);
    return rect;
  }

  /** Return a row that holds nothing, made if there is none. */
  private free(): HTMLTableRowElement | null {
    const rows = this.all();
    const empty = rows.find((row) => this.isBlank(row) && !row.contains(document.activeElement));
    const last = rows.at(-1);
    const total = this.form.querySelector<HTMLInputElement>("input[name=areas-TOTAL_FORMS]");
    const most = Number(this.form.querySelector<HTMLInputElement>("input[name=areas-MAX_NUM_FORMS]")?.value);
    if (empty || !last || !total || rows.length >= most) return empty ?? null;
    const row = last.cloneNode(true) as HTMLTableRowElement;
    for (const told of row.querySelectorAll(".field__error, button")) told.remove();
    for (const input of this.inputs(row)) {
      input.name = input.name.replace(/-\d+-/, `-${total.value}-`);
      input.id = input.id.replace(/-\d+-/, `-${total.value}-`);
      input.value = "";
      input.removeAttribute("aria-invalid");
    }
    total.value = String(Number(total.value) + 1);
    this.rows.append(row);
    this.prepare(row);
    return row;
  }

  private at(event: PointerEvent): Point {
    const shown = this.svg.getBoundingClientRect();
    return placeOf({ x: event.clientX, y: event.clientY }, shown, this.page);
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || this.drawnAt(event.target)) return;
    event.preventDefault();
    const from = this.at(event);
    const rect = rectangle();
    this.svg.append(rect);
    this.follow(event, {
      move: (now) => place(rect, spanned(from, now, this.page) ?? { ...from, width: 0, height: 0 }),
      end: (now) => {
        rect.remove();
        const area = now && spanned(from, now, this.page);
        const row = area ? this.free() : null;
        if (!area || !row) return;
        this.write(row, area);
        this.drawn.get(row)?.focus();
      },
    });
  }

  private drawnAt(target: EventTarget | null): boolean {
    return [...this.drawn.values()].some((rect) => rect === target);
  }

  private drag(event: PointerEvent, row: HTMLTableRowElement): void {
    const area = this.areaOf(row);
    if (!area || event.button !== 0 || !event.isPrimary) return;
    const from = this.at(event);
    this.follow(event, {
      move: (now) => this.write(row, moved(area, { x: now.x - from.x, y: now.y - from.y }, this.page)),
      end: (now) => {
        if (!now) this.write(row, area);
      },
    });
  }

  /** Follow one pointer until it is lifted, or taken away by the browser. */
  private follow(event: PointerEvent, on: { move(now: Point): void; end(now: Point | null): void }): void {
    const ended = new AbortController();
    const mine = (action: (next: PointerEvent) => void) => (next: PointerEvent) => {
      if (next.pointerId === event.pointerId) action(next);
    };
    const options = { signal: ended.signal };
    this.svg.setPointerCapture(event.pointerId);
    this.svg.addEventListener(
      "pointermove",
      mine((next) => on.move(this.at(next))),
      options,
    );
    const end = (now: (next: PointerEvent) => Point | null): ((next: PointerEvent) => void) =>
      mine((next) => {
        ended.abort();
        on.end(now(next));
      });
    this.svg.addEventListener(
      "pointerup",
      end((next) => this.at(next)),
      options,
    );
    this.svg.addEventListener(
      "pointercancel",
      end(() => null),
      options,
    );
  }

  private key(event: KeyboardEvent, row: HTMLTableRowElement): void {
    const area = this.areaOf(row);
    if (!area || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.write(row, null);
      announce(t("taken_away"));
      this.inputs(row)[1]?.focus();
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = Math.max(1, Math.round(Math.max(this.page.width, this.page.height) / 200));
    const by = { x: arrow.x * step, y: arrow.y * step };
    this.write(row, (event.shiftKey ? sized : moved)(area, by, this.page));
  }
}

function rectangle(): SVGRectElement {
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", "covering__area");
  return rect;
}

function place(rect: SVGRectElement, area: Area): void {
  for (const name of ["x", "y", "width", "height"] as const) rect.setAttribute(name, String(area[name]));
}
