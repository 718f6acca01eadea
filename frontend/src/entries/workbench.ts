import { startConfirms } from "../desk/confirm";
import { Reader } from "../reader/reader";
import { Selecting } from "../selection/selecting";
import { startTalks } from "../talk/thread";
import { ComboBox } from "../ui/combobox";
import { BasketPicker } from "../workbench/basket-picker";
import { startBeside } from "../workbench/beside";
import { CitationForm } from "../workbench/citation-form";
import { NoteComposer } from "../workbench/composer";
import { NewTerm } from "../workbench/new-term";
import { NoteCard } from "../workbench/note-card";
import { PlaceFinder } from "../workbench/place-finder";
import { putHere } from "../workbench/placing";
import { ReferenceList } from "../workbench/reference-list";
import { Workbench } from "../workbench/shell";
import { SubmitNotes } from "../workbench/submit-notes";
import { startSuggested } from "../workbench/suggested";
import type { Bootstrap } from "../workbench/types";
import { toolbarFor } from "../workbench/writing";

startConfirms();
startTalks();
customElements.define("hashiya-combobox", ComboBox);
customElements.define("citation-form", CitationForm);
customElements.define("place-finder", PlaceFinder);
customElements.define("basket-picker", BasketPicker);
customElements.define("reference-list", ReferenceList);
customElements.define("new-term", NewTerm);
customElements.define("note-card", NoteCard);
customElements.define("note-composer", NoteComposer);
customElements.define("submit-notes", SubmitNotes);
customElements.define("hashiya-workbench", Workbench);

const article = document.querySelector<HTMLElement>("article[data-text-id]");
const workbench = document.querySelector<Workbench>("hashiya-workbench");
const handed = document.getElementById("workbench-data")?.textContent;
if (article && workbench && handed) void open(article, workbench, JSON.parse(handed) as Bootstrap);

async function open(article: HTMLElement, workbench: Workbench, data: Bootstrap): Promise<void> {
  workbench.prepare(data);
  const reader = new Reader(article, workbench);
  const selecting = new Selecting(reader.layer, toolbarFor(data), (action, passage) => {
    if (action === "others") location.assign(`${data.others_url}&at=${passage.start}-${passage.end}`);
    else if (action === "put") putHere(passage);
    else workbench.act(action, passage);
  });
  await reader.start(Promise.resolve(workbench));
  await workbench.connect(reader, selecting);
  startSuggested(reader.layer);
  startBeside();
  // Everything listens now, for whoever drives the page from outside.
  article.dataset.ready = "";
}
