import { h } from "./dom";

const SHOWN = 6_000;

/** Show `message` for a moment in the page's toast region, which is read out too. */
export function toast(message: string): void {
  let toasts = document.getElementById("toasts");
  if (!toasts) {
    toasts = h("div", { class: "toast-region", id: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(toasts);
  }
  const element = h("div", { class: "toast" }, message);
  toasts.append(element);
  setTimeout(() => element.remove(), SHOWN);
}
