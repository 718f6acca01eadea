/**
 * `data-confirm="Withdraw release 1?"` on a form or its button: asks first, in a dialog of the page; but not before what
 * must be filled in is there, since nobody is asked twice for one thing.
 */

import { button, h } from "../lib/dom";
import { t } from "./messages";

export function startConfirms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const question = submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question === undefined || form.dataset.confirmed === "yes") {
      delete form.dataset.confirmed;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const needsNothing = submitter instanceof HTMLButtonElement && submitter.formNoValidate;
    const empty = needsNothing ? null : firstEmpty(form);
    if (empty) {
      empty.reportValidity();
      return;
    }
    void ask(question || t("sure"), submitter?.textContent?.trim() || t("confirm")).then((yes) => {
      if (!yes) return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
    });
  });
}

/** The first field that must be filled in and is not; forms of the desks leave all else to the server's words. */
function firstEmpty(form: HTMLFormElement): HTMLInputElement | null {
  const fields = [...form.elements] as HTMLInputElement[];
  return fields.find((field) => field.willValidate && field.validity.valueMissing) ?? null;
}

/** Ask in a modal dialog; Escape and a click outside mean no. */
export function ask(question: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "confirm-question" },
      h("div", { class: "dialog__body" }, h("p", { id: "confirm-question" }, question)),
    );
    const close = (answer: string) => (): void => dialog.close(answer);
    const no = button(t("cancel"), "button button--quiet", close("no"));
    dialog.append(
      h("div", { class: "dialog__foot" }, no, button(yes, "button button--primary", close("yes"))),
    );
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close("no");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    no.focus();
  });
}
