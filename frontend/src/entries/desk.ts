import { startConfirms } from "../desk/confirm";
import { startJobs } from "../desk/job";
import { startKeeping } from "../desk/keep";
import { startKeys } from "../desk/keys";
import { startSoftForms } from "../desk/soft";
import { startUploads } from "../desk/upload";
import { ComboBox } from "../ui/combobox";

customElements.define("hashiya-combobox", ComboBox);
startConfirms();
startUploads();
startJobs();
startSoftForms();
startKeeping();
startKeys();

// Few pages send in pieces; the others do not load what does it.
const deposit = document.querySelector<HTMLElement>("[data-deposit]");
if (deposit) void import("../deposit/deposit").then(({ startDeposit }) => startDeposit(deposit));
