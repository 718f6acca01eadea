/**
 * Times as people say them. Every `<time datetime>` with a time of day tells all of it in its tooltip, in the site's zone;
 * `data-relative` shows "three minutes ago" for as long as that helps.
 */

import { interfaceLanguage } from "../i18n";
import { dateFormat } from "../lib/dates";

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];
const WEEK = 7 * 86_400;

export function showTimes(root: ParentNode = document): void {
  const full = dateFormat({ dateStyle: "full", timeStyle: "short" });
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[datetime*='T']")) {
    const date = new Date(element.dateTime);
    if (Number.isNaN(date.getTime())) continue;
    element.title = full.format(date);
    const words = "relative" in element.dataset ? relative(date, new Date()) : null;
    if (words) element.textContent = words;
  }
}

/** Say how long ago `date` was, or null when it is a week or more. */
export function relative(date: Date, now: Date, language: string = interfaceLanguage()): string | null {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) >= WEEK) return null;
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? (["second", 1] as const);
  const format = new Intl.RelativeTimeFormat(`${language}-u-nu-latn`, { numeric: "auto" });
  return format.format(Math.trunc(seconds / size), unit);
}
