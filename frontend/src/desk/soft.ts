/**
 * `<form data-decide>`: the answer of the server replaces the page's main part and the eye stays where it was.
 * Without this script, and whenever something is unusual, the form is sent as forms are.
 */

import { toast } from "../lib/toast";
import { t } from "./messages";

export function startSoftForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches("[data-decide]")) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const main = document.getElementById("main");
  if (!main || main.getAttribute("aria-busy") === "true") return;
  const anchor = form.closest<HTMLElement>("[id]");
  const before = anchor?.getBoundingClientRect().top ?? 0;
  main.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form, submitter) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById("main");
    if (!fresh) throw new Error(`No page came back: ${response.status}`);
    main.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
    if (response.ok) history.replaceState(null, "", response.url);
    settle(main, anchor?.id ?? "", before);
  } catch {
    toast(t("soft_failed"));
  } finally {
    main.removeAttribute("aria-busy");
  }
}

/** Keep what was decided at its height and go on to the next open question. */
function settle(main: HTMLElement, id: string, before: number): void {
  const decided = id ? document.getElementById(id) : null;
  if (decided) scrollBy({ top: decided.getBoundingClientRect().top - before, behavior: "instant" });
  const buttons = [...main.querySelectorAll<HTMLElement>("[data-decide] button.button--primary")];
  const next = decided
    ? buttons.find((button) => decided.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING)
    : buttons[0];
  next?.focus({ preventScroll: true });
}
