/** What a combobox offers: found by the server, ordered here so that what was typed comes first in any spelling. */

import { foldKey } from "../text/folding";

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly kind?: string;
  /** The word for its kind, to tell two of one name apart. */
  readonly kind_label?: string;
  readonly label_ar?: string;
  readonly label_en?: string;
  readonly labels?: { readonly ar?: string; readonly en?: string };
  readonly disambiguation?: string;
}

/** Order choices: whole label, then beginning, then any word's beginning, then anywhere; others last. */
export function ranked(choices: readonly Choice[], query: string): Choice[] {
  const key = foldKey(query.trim());
  const scores = new Map(
    choices.map((choice) => [choice, Math.min(...namesOf(choice).map((name) => score(name, key)))]),
  );
  return [...choices].sort((a, b) => (scores.get(a) ?? 0) - (scores.get(b) ?? 0));
}

function score(name: string, key: string): number {
  const folded = foldKey(name);
  const bare = folded.replace(/^ال/, "");
  if (folded === key || bare === key) return 0;
  if (folded.startsWith(key) || bare.startsWith(key)) return 1;
  if (folded.split(/\s+/).some((word) => word.startsWith(key) || word.replace(/^ال/, "").startsWith(key)))
    return 2;
  return folded.includes(key) ? 3 : 4;
}

/** Return every name of a choice, the shown one first. */
export function namesOf(choice: Choice): string[] {
  const names = [choice.label, choice.label_ar, choice.label_en, choice.labels?.ar, choice.labels?.en];
  return [...new Set(names.filter((name): name is string => Boolean(name)))];
}

/** Whether a choice bears exactly this name, in any spelling that folding takes for one. */
export function isNamed(choice: Choice, query: string): boolean {
  return namesOf(choice).some((name) => foldKey(name) === foldKey(query.trim()));
}
