import { startDeposit } from "../deposit/deposit";
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

// Loaded with the rest, not when asked for: a file that is dropped before this listens would replace the page.
const deposit = document.querySelector<HTMLElement>("[data-deposit]");
if (deposit) startDeposit(deposit);
