/** What a key does to a picture that is looked at closely. */

export type Act =
  | { readonly kind: "zoom"; readonly by: number }
  | { readonly kind: "move"; readonly x: number; readonly y: number }
  | { readonly kind: "whole" };

/** One step nearer. */
export const NEARER = 1.5;
/** How much of what is seen one press of an arrow moves by; with Shift all but the whole of it. */
const STEP = 0.15;
const LEAP = 0.9;

/** Directions are those of the picture, which no language turns over. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Return what is asked for; null for keys that are the browser's or the page's. */
export function actOf(pressed: Pressed): Act | null {
  if (pressed.altKey || pressed.ctrlKey || pressed.metaKey) return null;
  const arrow = ARROWS[pressed.key];
  if (arrow) {
    const step = pressed.shiftKey ? LEAP : STEP;
    return { kind: "move", x: arrow[0] * step, y: arrow[1] * step };
  }
  if (pressed.key === "+" || pressed.key === "=") return { kind: "zoom", by: NEARER };
  if (pressed.key === "-" || pressed.key === "_") return { kind: "zoom", by: 1 / NEARER };
  // The digit as any keyboard of our readers types it.
  if (["0", "٠", "۰", "Home"].includes(pressed.key)) return { kind: "whole" };
  return null;
}
