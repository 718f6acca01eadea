/**
 * `<section data-job="/jobs/…" data-job-done="/page">` around a `.progress-block`: asks how far the job is and goes on to
 * the page when it is over. `data-job-done` may be left out; the job's own `result_url` is then followed.
 */

import { request } from "../lib/http";
import { t } from "./messages";

export interface JobState {
  readonly state: "queued" | "running" | "done" | "failed";
  readonly progress: number | null;
  readonly message: string;
  readonly result_url?: string;
}

const FIRST = 400;
const SLOWEST = 4_000;

export function watchJob(element: HTMLElement): void {
  let wait = FIRST;
  const again = (): void => {
    setTimeout(() => void look(), wait);
    wait = Math.min(wait * 1.5, SLOWEST);
  };
  const look = async (): Promise<void> => {
    // A page in the background asks when it is seen again.
    if (document.hidden)
      return document.addEventListener("visibilitychange", () => void look(), { once: true });
    const answer = await request<JobState>("GET", element.dataset.job ?? "").catch(() => null);
    if (!answer?.ok) {
      show(element, null, t("still_trying"));
      return again();
    }
    const { state, progress, message, result_url } = answer.data;
    show(element, state === "queued" ? null : progress, message);
    if (state === "queued" || state === "running") return again();
    location.assign(element.dataset.jobDone || result_url || location.href);
  };
  void look();
}

/** Show how far it is; an unknown length breathes. */
function show(element: HTMLElement, percent: number | null, message: string): void {
  const bar = element.querySelector("progress");
  if (percent === null) bar?.removeAttribute("value");
  else if (bar) bar.value = percent;
  const [label, detail] = element.querySelectorAll<HTMLElement>(".progress-block__label > span");
  if (label && message) label.textContent = message;
  if (label && !detail) label.after(document.createElement("span"));
  const words = label?.nextElementSibling;
  if (words) words.textContent = percent === null ? "" : t("progress", { percent });
}

/** Watch every job of the page. */
export function startJobs(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLElement>("[data-job]")) watchJob(element);
}
