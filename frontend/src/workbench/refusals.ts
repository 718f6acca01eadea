/** Why a note was not saved, in words. */

import { t } from "./messages";
import type { Draft, FieldErrors, Outcome } from "./types";

/** The fields of a composer that show their own errors. */
const SHOWN = ["body", "tags", "references", "language", "visibility"];

/** What the server said of fields that this draft's composer shows nowhere: it must be read all the same. */
export function homeless(
  errors: FieldErrors,
  { locus, visibility }: Pick<Draft, "locus" | "visibility">,
): string[] {
  const shown = new Set(SHOWN);
  if (locus.kind) shown.add("place");
  if (visibility === "group") shown.add("group");
  return Object.entries(errors).flatMap(([field, sentences]) => (shown.has(field) ? [] : sentences));
}

export function explanation(outcome: Exclude<Outcome, { kind: "saved" }>): string {
  if (outcome.kind === "refused") {
    if (outcome.status === 401) return t("error_signed_out");
    const { status, detail } = outcome;
    return detail
      ? t("error_told", { detail })
      : t(status === 403 ? "error_signed_out" : "error_refused", { status });
  }
  return outcome.kind === "stale" ? t("stale") : t(`error_${outcome.kind}`);
}
