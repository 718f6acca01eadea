import { h } from "./dom";

const SHOWN = 6_000;

let fading: ReturnType<typeof setTimeout> | undefined;

/** Show `message` for a moment in the page's toast region, which is read out too; it takes the place of the one before. */
export function toast(message: string): void {
  let toasts = document.getElementById("toasts");
  if (!toasts) {
    toasts = h("div", { class: "toast-region", id: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(toasts);
  }
  clearTimeout(fading);
  const element = h("div", { class: "toast" }, message);
  toasts.replaceChildren(element);
  fading = setTimeout(() => element.remove(), SHOWN);
}
