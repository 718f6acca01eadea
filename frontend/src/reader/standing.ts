/** Where the notes of the reading page stand, decided from plain values. */

/**
 * "placed": each beside its line. "list": those of what is on the screen. "panel": all, following what is on the screen.
 * "foot": all, after the text.
 */
export type Standing = "placed" | "list" | "panel" | "foot";

export interface Circumstances {
  /** What the reader has chosen, as the root element says. */
  readonly asked: string | undefined;
  /** Whether every note stands in the page already: of a part with very many, none does. */
  readonly isWritten: boolean;
  /** Whether there are more notes than fit beside the lines. */
  readonly isCrowded: boolean;
}

/** Return where notes stand; what cannot be done for a part with very many notes becomes the list. */
export function standingOf({ asked, isWritten, isCrowded }: Circumstances): Standing {
  if (isWritten && (asked === "foot" || asked === "panel")) return asked;
  return isCrowded || asked === "foot" || asked === "panel" ? "list" : "placed";
}
