import { readFileSync } from "node:fs";

/** Read one file of `tests/vectors`, which Python's tests read too. */
export function loadFile<T>(name: string): T {
  const file = new URL(`../../tests/vectors/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf-8")) as T;
}
