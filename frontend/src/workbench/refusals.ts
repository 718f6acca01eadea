/** Why a note was not saved, in words. */

import { t } from "./messages";
import type { Outcome } from "./types";

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
