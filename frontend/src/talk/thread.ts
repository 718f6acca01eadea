/**
 * `<a data-talk="/en/desk/notes/…/talk/">`: the talk opens in its place; `<form data-talk-form>` is answered there.
 * Without this script the link leads to a page and the forms are sent as forms are.
 */

import { announce } from "../lib/announce";
import { h, trusted } from "../lib/dom";
import { toast } from "../lib/toast";
import { forget, keep, restore } from "./kept";
import { startMentions } from "./mentions";
import { t } from "./messages";

export function startTalks(): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-talk]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void toggle(link);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches("[data-thread] form[data-talk-form]")) return;
    event.preventDefault();
    void send(form, event.submitter);
  });
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLTextAreaElement;
    const form = field.matches("[data-thread] textarea[name=body]") ? field.form : null;
    if (form) keep(form, field.value);
  });
  startMentions();
  restore(document);
}

async function toggle(link: HTMLAnchorElement): Promise<void> {
  const place = link.parentElement;
  const open = place?.querySelector(":scope > .talk-inline");
  if (!place) return;
  link.setAttribute("aria-expanded", String(!open));
  if (open) {
    open.remove();
    return;
  }
  const inline = h("div", { class: "talk-inline" }, h("p", { class: "muted small" }, t("loading")));
  place.append(inline);
  try {
    const response = await fetch(`${link.dataset.talk}?part=1`);
    if (!response.ok) throw new Error(String(response.status));
    inline.replaceChildren(trusted(await response.text()));
    restore(inline);
    inline.querySelector<HTMLElement>("textarea")?.focus({ preventScroll: true });
  } catch {
    inline.replaceChildren(h("p", { class: "small" }, h("a", { href: link.href }, t("failed"))));
  }
}

async function send(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const thread = form.closest<HTMLElement>("[data-thread]");
  if (!thread || thread.getAttribute("aria-busy") === "true") return;
  const body = new FormData(form, submitter);
  body.append("part", "1");
  thread.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body });
    const fresh = trusted(await response.text()).querySelector<HTMLElement>("[data-thread]");
    if (!fresh) throw new Error(String(response.status));
    if (response.ok) forget(form);
    show(thread, fresh, response.ok);
  } catch {
    toast(t("not_sent"));
  } finally {
    thread.removeAttribute("aria-busy");
  }
}

function show(thread: HTMLElement, fresh: HTMLElement, isDone: boolean): void {
  const link = thread.closest(".talk-links")?.querySelector<HTMLAnchorElement>("a[data-talk]");
  thread.replaceWith(fresh);
  restore(fresh);
  const count = fresh.querySelectorAll(".reply").length;
  const words = [...(link?.childNodes ?? [])].findLast((node) => node.nodeType === Node.TEXT_NODE);
  if (words && count > 0) words.textContent = t("replies", { n: count });
  if (isDone) announce(t("sent"));
  const wrong = fresh.querySelector<HTMLElement>("[role=alert]");
  (wrong ?? fresh.querySelector<HTMLElement>("form[data-talk-form] textarea"))?.scrollIntoView({
    block: "nearest",
  });
}
