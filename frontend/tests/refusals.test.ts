import { describe, expect, it } from "vitest";
import { homeless } from "../src/workbench/refusals";
import type { Locus } from "../src/workbench/types";

const words: Locus = { text: "t", revision: 1, start: 0, end: 4, exact: "كتاب" };
const moment: Locus = { kind: "time", video: "v", start: 1, end: 2 } as Locus;

describe("errors that have no field of their own", () => {
  it("are those of everything that the composer does not show", () => {
    const errors = { body: ["a"], tags: ["b"], place: ["c"], revision: ["d", "e"], __all__: ["f"] };

    expect(homeless(errors, { locus: words, visibility: "open" })).toEqual(["c", "d", "e", "f"]);
  });

  it("are fewer where the place is typed, or a group is chosen", () => {
    const errors = { place: ["c"], group: ["g"] };

    expect(homeless(errors, { locus: moment, visibility: "open" })).toEqual(["g"]);
    expect(homeless(errors, { locus: words, visibility: "group" })).toEqual(["c"]);
  });
});
