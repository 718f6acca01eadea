import { describe, expect, it } from "vitest";
import { depths, LANES, lanes } from "../src/textlayer/depth";
import { type Category, decodeSpans, type Span, SpanIndex } from "../src/textlayer/spans";

/** Spans drawn as dashes under a text: each line is one note. */
function drawn(...lines: readonly string[]): Span[] {
  return lines.map((line, index) => {
    const start = line.indexOf("-");
    return { id: String(index), start, end: line.lastIndexOf("-") + 1, category: "note" };
  });
}

const ids = (spans: readonly Span[]): string => spans.map(({ id }) => id).join("");

describe("the compact form", () => {
  it("gives starts by their distances and categories by their index", () => {
    const spans = decodeSpans({
      revision: 3,
      ids: ["b", "a"],
      spans: [
        [1, 4, 2, 0],
        [0, 0, 7, 7],
        [1, 10, 1, 99],
      ],
    });

    expect(spans).toEqual<Span[]>([
      { id: "a", start: 4, end: 6, category: "note" },
      { id: "b", start: 4, end: 11, category: "dispute" },
      { id: "a", start: 14, end: 15, category: "note" },
    ]);
  });
});

describe("the compact form without indexes", () => {
  it("takes the ids in the order of the spans", () => {
    const spans = decodeSpans({
      revision: 3,
      ids: ["b", "a"],
      spans: [
        [4, 2, 0],
        [3, 7, 1],
      ],
    });

    expect(spans.map(({ id, start, end }) => [id, start, end])).toEqual([
      ["b", 4, 6],
      ["a", 7, 14],
    ]);
  });
});

describe("an index of spans", () => {
  const index = new SpanIndex(
    drawn(
      "  -----      ", //
      "    ---      ",
      "     ------- ",
      "-------------",
      "           --",
    ),
  );

  it("finds the notes over a character, shortest first", () => {
    expect(ids(index.at(5))).toBe("1023");
    expect(ids(index.at(0))).toBe("3");
    expect(ids(index.at(12))).toBe("43");
  });

  it("does not count a note that ends where the character begins", () => {
    expect(ids(index.at(7))).toBe("23");
  });

  it("finds the notes of a stretch in the order of the text", () => {
    expect(ids(index.between(7, 9))).toBe("32");
    expect(ids(index.between(20, 30))).toBe("");
  });

  it("agrees with a plain search over many spans", () => {
    let seed = 7;
    const random = (limit: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % limit;
    };
    const many = Array.from({ length: 800 }, (_, n): Span => {
      const start = random(5000);
      return { id: String(n), start, end: start + 1 + random(n % 50 === 0 ? 4000 : 60), category: "note" };
    });
    const indexed = new SpanIndex(many);

    for (let offset = 0; offset < 5200; offset += 37) {
      const plain = many.filter(({ start, end }) => start < offset + 20 && end > offset).map(({ id }) => id);
      const found = indexed.between(offset, offset + 20).map(({ id }) => id);
      expect(found.sort()).toEqual(plain.sort());
    }
  });

  it("replaces a note of the same id, and forgets one", () => {
    const moved = index.with({ id: "0", start: 20, end: 22, category: "link" });

    expect(ids(moved.at(21))).toBe("0");
    expect(moved.all).toHaveLength(5);
    expect(ids(index.without("3").at(0))).toBe("");
  });
});

describe("depth", () => {
  it("cuts the text where notes begin and end", () => {
    const spans = drawn(
      "  ------  ", //
      "    ----- ",
      "    --    ",
    );

    expect(depths(spans, 0, 10)).toEqual([
      { start: 2, end: 4, depth: 1 },
      { start: 4, end: 6, depth: 3 },
      { start: 6, end: 8, depth: 2 },
      { start: 8, end: 9, depth: 1 },
    ]);
  });

  it("stays within the stretch that is asked for", () => {
    expect(depths(drawn("----------"), 3, 5)).toEqual([{ start: 3, end: 5, depth: 1 }]);
  });

  it("joins neighbors of one depth and stops at four", () => {
    expect(depths(drawn("---   ", "   ---"), 0, 6)).toEqual([{ start: 0, end: 6, depth: 1 }]);
    expect(depths(drawn("--", "--", "--", "--", "--"), 0, 2)).toEqual([{ start: 0, end: 2, depth: 4 }]);
  });
});

describe("lanes", () => {
  it("give overlapping notes different lines and free ones the first", () => {
    const chosen = lanes(drawn("-----    ", "  ----   ", "      ---"));

    expect([...chosen.values()]).toEqual([0, 1, 0]);
  });

  it("run out after three", () => {
    const chosen = lanes(drawn("----", "----", "----", "----"));

    expect(chosen.size).toBe(LANES);
  });
});

it("categories are in the order of the wire", () => {
  const wire = { revision: 1, ids: ["x"], spans: Array.from({ length: 9 }, (_, n) => [0, 1, 1, n] as const) };
  const expected: Category[] = [
    "note",
    "place",
    "person",
    "group",
    "event",
    "date",
    "concept",
    "dispute",
    "link",
  ];

  expect(decodeSpans(wire).map(({ category }) => category)).toEqual(expected);
});

describe("notes on pictures", () => {
  const index = new SpanIndex([
    { id: "words", start: 4, end: 9, category: "note" },
    { id: "picture", start: 4, end: 4, category: "place" },
    { id: "after", start: 20, end: 20, category: "note" },
  ]);

  it("are read where their picture stands, after the notes on its caption", () => {
    expect(ids(index.all)).toBe("wordspictureafter");
    expect(ids(index.between(4, 9))).toBe("wordspicture");
    expect(ids(index.between(0, 5))).toBe("wordspicture");
    expect(ids(index.between(5, 9))).toBe("words");
    expect(ids(index.between(20, 21))).toBe("after");
    expect(ids(index.between(0, 4))).toBe("");
  });

  it("are neither hit nor painted", () => {
    expect(ids(index.at(4))).toBe("words");
    expect(ids(index.onWords().all)).toBe("words");
  });

  it("cost nothing where there are none", () => {
    const plain = new SpanIndex(drawn("--"));
    expect(plain.onWords()).toBe(plain);
  });
});
