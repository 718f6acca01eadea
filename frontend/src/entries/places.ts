import { startConfirms } from "../desk/confirm";
import { toast } from "../lib/toast";
import { FilmGround } from "../places/film";
import type { Ground, PlacesBootstrap } from "../places/ground";
import { t } from "../places/messages";
import { NotePlace } from "../places/note-place";
import { PlaceFields } from "../places/place-fields";
import { PlacesWorkbench } from "../places/shell";
import { startTalks } from "../talk/thread";
import { ComboBox } from "../ui/combobox";
import { BasketPicker } from "../workbench/basket-picker";
import { CitationForm } from "../workbench/citation-form";
import { NoteComposer } from "../workbench/composer";
import { NewTerm } from "../workbench/new-term";
import { NoteCard } from "../workbench/note-card";
import { PlaceFinder } from "../workbench/place-finder";
import { ReferenceList } from "../workbench/reference-list";
import { SubmitNotes } from "../workbench/submit-notes";

startConfirms();
startTalks();
customElements.define("hashiya-combobox", ComboBox);
customElements.define("citation-form", CitationForm);
customElements.define("place-finder", PlaceFinder);
customElements.define("basket-picker", BasketPicker);
customElements.define("reference-list", ReferenceList);
customElements.define("new-term", NewTerm);
customElements.define("note-place", NotePlace);
customElements.define("place-fields", PlaceFields);
customElements.define("note-card", NoteCard);
customElements.define("note-composer", NoteComposer);
customElements.define("submit-notes", SubmitNotes);
customElements.define("hashiya-places", PlacesWorkbench);

const element = document.querySelector<HTMLElement>("[data-ground]");
const workbench = document.querySelector<PlacesWorkbench>("hashiya-places");
const handed = document.getElementById("workbench-data")?.textContent;
if (element && workbench && handed) void open(element, workbench, JSON.parse(handed) as PlacesBootstrap);

async function open(element: HTMLElement, workbench: PlacesWorkbench, data: PlacesBootstrap): Promise<void> {
  try {
    const ground = await groundOf(element, workbench, data);
    await workbench.start(data, ground);
  } catch {
    toast(t("failed"));
    // The list and the form that stand on every such page need no picture.
    document.getElementById("notes")?.classList.remove("no-script-only");
  }
  // Everything listens now, for whoever drives the page from outside.
  element.dataset.ready = "";
}

async function groundOf(
  element: HTMLElement,
  workbench: PlacesWorkbench,
  data: PlacesBootstrap,
): Promise<Ground> {
  if (data.kind === "time") return new FilmGround(element, data, workbench);
  await unveiled(element);
  const { PictureGround } = await import("../places/picture");
  return PictureGround.over(element, data, workbench);
}

/** Wait until somebody has asked to see a picture that readers are warned of. */
function unveiled(element: HTMLElement): Promise<void> {
  const veil = element.querySelector<HTMLInputElement>("input[data-veil]");
  if (!veil || veil.checked) return Promise.resolve();
  // What can be pressed already listens.
  element.dataset.ready = "";
  return new Promise((resolve) => veil.addEventListener("change", () => resolve(), { once: true }));
}
