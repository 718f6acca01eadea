/** A passage that leaves the page: its link, its words with their source, or both to another program of the device. */

import { toast } from "../lib/toast";
import type { ArticleText } from "../textlayer/article";
import { t } from "./messages";
import type { Passage } from "./passage";
import type { ActionName } from "./toolbar";

/** What can be done here: only a page that says how it is cited has a source to tell, only some devices share. */
export function passingOn(): ActionName[] {
  const actions: ActionName[] = ["copy"];
  if (source()) actions.push("quote");
  if ("share" in navigator) actions.push("share");
  return actions;
}

/** How the page says that it is cited, without its address. */
function source(): string {
  return document.querySelector("[data-cite-words]")?.textContent?.trim() ?? "";
}

/** The words in the quotation marks of their language, then on a line of its own where they stand. */
function quotation(words: string, language: string, cited: string, url: string): string {
  const [open, close] = language.startsWith("en") ? ["“", "”"] : ["«", "»"];
  return `${open}${words.trim()}${close}\n${cited} ${url}`;
}

export async function copyLink({ element }: ArticleText, { start, end }: Passage): Promise<void> {
  const url = passageAddress(element, start, end);
  await copied(url, t("copied"), t("not_copied", { url }));
}

export async function copyQuotation(text: ArticleText, { start, end }: Passage): Promise<void> {
  const url = passageAddress(text.element, start, end);
  const words = quotation(text.words(start, end), text.element.lang, source(), url);
  await copied(words, t("quoted"), t("not_quoted", { url }));
}

/** Hand the passage to what the device offers; whoever thinks better of it has done nothing wrong. */
export async function share(text: ArticleText, { start, end }: Passage): Promise<void> {
  const url = passageAddress(text.element, start, end);
  const words = text.words(start, end).trim();
  await navigator.share({ title: document.title, text: words, url }).catch(() => undefined);
}

/** Write the address of a passage on the page that its article names as lasting, else on this one. */
function passageAddress(article: HTMLElement, start: number, end: number): string {
  const url = new URL(article.dataset.permalink ?? location.href, document.baseURI);
  url.hash = `at-${start}-${end}`;
  return url.href;
}

async function copied(words: string, done: string, failed: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(words);
    toast(done);
  } catch {
    toast(failed);
  }
}
