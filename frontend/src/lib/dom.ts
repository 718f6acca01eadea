/** Making elements without markup strings: what a caller passes is text, never HTML. */

export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Child = Node | string | null | undefined | false;

/** Make an element; `false`, null and undefined attributes are left out, `true` gives an empty one. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)));
  return element;
}

/** Make a button that never submits a form. */
export function button(
  label: string,
  className: string,
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  const element = h("button", { type: "button", class: className }, label);
  element.addEventListener("click", onClick);
  return element;
}

/** Parse markup that the server has rendered and cleaned; nothing else may come here. */
export function trusted(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Whether keys typed at `target` are text, so that single-letter shortcuts must keep quiet. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input, textarea, select, [role=combobox], [role=textbox]")
  );
}

/** Call `action` once per frame however often the result is called. */
export function perFrame(action: () => void): () => void {
  let asked = 0;
  return () => {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      action();
    });
  };
}

/** Call `action` when `wait` milliseconds have passed without another call. */
export function debounce(wait: number, action: () => void): { (): void; flush(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => clearTimeout(timer);
  const run = (): void => {
    timer = undefined;
    action();
  };
  const call = (): void => {
    cancel();
    timer = setTimeout(run, wait);
  };
  call.cancel = cancel;
  call.flush = (): void => {
    if (timer === undefined) return;
    cancel();
    run();
  };
  return call;
}

/** Call `action` at once, then no sooner than `wait` milliseconds later, so that it follows a stream of calls to its end. */
export function spaced(wait: number, action: () => void): () => void {
  let resting = false;
  let asked = false;
  const call = (): void => {
    asked = resting;
    if (resting) return;
    resting = true;
    action();
    setTimeout(() => {
      resting = false;
      if (asked) call();
    }, wait);
  };
  return call;
}

/** Make `children` all that `parent` holds, in this order; those that stand there already are not taken out. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child as Element)) child.remove();
  let next = parent.firstChild;
  for (const child of children) {
    if (child === next) next = next.nextSibling;
    else parent.insertBefore(child, next);
  }
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
