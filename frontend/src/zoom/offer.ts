/**
 * Pictures to be looked at closely: `<figure data-zoom="/iiif/3/id /iiif/3/id:2"><a href="large"><img></a></figure>`,
 * the image services of its pages. The viewer is fetched when somebody asks for it; the link works without.
 *
 * Figures stand in texts as well, where nothing may add a letter to the article: all words here are attributes.
 */

import { icon } from "../icons/icon";
import { button, h } from "../lib/dom";
import { toast } from "../lib/toast";
import { t } from "./messages";

export function offerZoom(figure: HTMLElement): void {
  const link = figure.querySelector<HTMLAnchorElement>("a");
  const services = (figure.dataset.zoom ?? "").split(" ").filter(Boolean);
  if (!link || services.length === 0) return;
  // Notes are drawn over the plate: what else stood on it would stretch them away from their places.
  const still = link.closest<HTMLElement>(".plate") ?? link;
  let busy = false;
  const open = async (): Promise<void> => {
    if (busy) return;
    // A picture that readers are warned of is looked at closely by those who have asked to see it.
    const veil = figure.querySelector<HTMLInputElement>("input[data-veil]");
    if (veil && !veil.checked) {
      veil.focus();
      return;
    }
    busy = true;
    offer.setAttribute("aria-busy", "true");
    try {
      const { Zoom } = await import("./zoom");
      const zoom = await Zoom.over(figure, services, Number(figure.dataset.zoomPage ?? "1") - 1);
      zoom.onClose = () => {
        still.hidden = offer.hidden = false;
        offer.focus();
      };
      still.hidden = offer.hidden = true;
      zoom.focus();
    } catch {
      toast(t("failed"));
    } finally {
      busy = false;
      offer.removeAttribute("aria-busy");
    }
  };
  const offer = button("", "button button--small zoom__offer", () => void open());
  offer.setAttribute("aria-label", t("open"));
  offer.append(icon("search"), h("span", { class: "zoom__words", "data-label": t("open") }));
  still.after(offer);
  link.addEventListener("click", (event) => {
    // With a key held, or the middle button, the large copy opens as any link does.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void open();
  });
  figure.dataset.ready = "";
}
