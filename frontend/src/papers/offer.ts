/**
 * A PDF to be read in the page: `<div data-paper="/files/images/id/pages.pdf" data-paper-page="2"></div>`. The viewer is
 * fetched when somebody asks for it; the pages are on the page one by one without.
 */

import { icon } from "../icons/icon";
import { button } from "../lib/dom";
import { toast } from "../lib/toast";
import { t } from "./messages";

export function offerPaper(place: HTMLElement): void {
  const url = place.dataset.paper ?? "";
  if (!url) return;
  let busy = false;
  const open = async (): Promise<void> => {
    if (busy) return;
    // Pages that readers are warned of are read by those who have asked to see them.
    const veil = document.querySelector<HTMLInputElement>("#picture input[data-veil]");
    if (veil && !veil.checked) {
      veil.focus();
      return;
    }
    busy = true;
    offer.setAttribute("aria-busy", "true");
    try {
      const { Paper } = await import("./paper");
      const paper = await Paper.into(place, url, Number(place.dataset.paperPage ?? "1"));
      paper.onClose = () => {
        offer.hidden = false;
        offer.focus();
      };
      offer.hidden = true;
      paper.focus();
    } catch {
      toast(t("failed"));
    } finally {
      busy = false;
      offer.removeAttribute("aria-busy");
    }
  };
  const offer = button(t("open"), "button button--small", () => void open());
  offer.prepend(icon("text"));
  place.append(offer);
  place.dataset.ready = "";
}
