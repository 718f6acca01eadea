/**
 * A note that lost its place is put where something is selected: the page has a form for it (`form[data-placing]`), and
 * the bar of a selection one button, which fills in the span and sends it.
 */

import type { Extent } from "./types";

/** The form of the note that waits for a place; null on every other page. */
export const placingForm = (): HTMLFormElement | null =>
  document.querySelector<HTMLFormElement>("form[data-placing]");

/** Send the selected passage as the place of the note that waits. */
export function putHere({ start, end }: Extent): void {
  const form = placingForm();
  const span = form?.querySelector<HTMLInputElement>("input[name=span]");
  if (!form || !span) return;
  span.value = `${start}-${end}`;
  form.requestSubmit();
}
