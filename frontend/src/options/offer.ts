/**
 * The reading options: `<button data-reading-options>` on a page that is read. What it opens is fetched when it is pressed;
 * what was chosen before is at work already, but for numerals and the place, which come here.
 */

import { toast } from "../lib/toast";
import { chosenOf } from "./choices";
import { t } from "./messages";

export function offerOptions(opener: HTMLButtonElement): void {
  let busy = false;
  const open = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    opener.setAttribute("aria-busy", "true");
    try {
      const { OptionsPanel } = await import("./panel");
      const panel = new OptionsPanel(opener);
      // From now on the button opens it by itself.
      opener.removeEventListener("click", press);
      panel.open();
    } catch {
      toast(t("failed"));
    } finally {
      busy = false;
      opener.removeAttribute("aria-busy");
    }
  };
  const press = (): void => void open();
  opener.addEventListener("click", press);
  opener.setAttribute("aria-haspopup", "dialog");
  if ("numerals" in document.documentElement.dataset)
    void import("./digits").then(({ followDigits }) => followDigits());
  const release = document.querySelector<HTMLElement>("article[data-permalink]");
  if (release && chosenOf(document.documentElement.dataset).place === "on")
    void import("./stopped").then(({ followPlace }) => followPlace(release));
  const beside = document.querySelector<HTMLAnchorElement>("a[data-beside]");
  if (beside) void import("./beside").then(({ followBeside }) => followBeside(beside));
  // Now it listens.
  opener.setAttribute("aria-expanded", "false");
}
