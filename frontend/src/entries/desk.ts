import { startDeposit } from "../deposit/deposit";
import { startComparing } from "../desk/compare";
import { startConfirms } from "../desk/confirm";
import { startCopying } from "../desk/copy";
import { startEditor } from "../desk/editor";
import { startEnter } from "../desk/enter";
import { startJobs } from "../desk/job";
import { startKeeping } from "../desk/keep";
import { startKeys } from "../desk/keys";
import { startRows } from "../desk/rows";
import { startSoftForms } from "../desk/soft";
import { startTickingAll } from "../desk/tick-all";
import { startTrees } from "../desk/tree";
import { startUploads } from "../desk/upload";
import { startWalks } from "../desk/walk";
import { startWorld } from "../desk/world";
import { startTalks } from "../talk/thread";
import { ComboBox } from "../ui/combobox";

customElements.define("hashiya-combobox", ComboBox);
startConfirms();
startTalks();
startCopying();
startUploads();
startJobs();
startSoftForms();
startKeeping();
startKeys();
startComparing();
startTrees();
startWorld();
startEditor();
startRows();
startEnter();
startWalks();
startTickingAll();

const covering = document.querySelector<HTMLFormElement>("form[data-covering]");
const picture = covering?.querySelector<SVGSVGElement>("svg.covering__picture");
const areas = covering?.querySelector<HTMLTableSectionElement>("[data-covering-rows]");
if (covering && picture && areas) {
  void import("../covering/covering").then(({ Covering }) => new Covering(covering, picture, areas));
}

// Loaded with the rest, not when asked for: a file that is dropped before this listens would replace the page.
const deposit = document.querySelector<HTMLElement>("[data-deposit]");
if (deposit) startDeposit(deposit);
