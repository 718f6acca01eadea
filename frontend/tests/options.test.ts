import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { CHOICES, type Choices, chosenOf, DEFAULTS, NAMES, toKeep } from "../src/options/choices";
import { inDigits } from "../src/options/digits";
import { firstWords, type Places, placesOf, without, withPlace } from "../src/options/places";
import { standingOf } from "../src/reader/standing";

const SCRIPT = readFileSync(new URL("../../archive/static/hashiya/theme.js", import.meta.url), "utf-8");
type Dataset = Record<string, string | undefined>;

/** A page on which `hashiya/theme.js` has run; `kept` is the browser's storage, null where it is refused. */
function pageWith(kept: Record<string, string> | null, { lang = "ar", reading = true } = {}) {
  const storage = new Map(Object.entries(kept ?? {}));
  const heard = new Map<string, (event: unknown) => void>();
  const dataset: Dataset = reading ? { reading: "" } : {};
  const refused = (): never => {
    throw new Error("SecurityError");
  };
  const localStorage = {
    getItem: (key: string) => (kept ? (storage.get(key) ?? null) : refused()),
    setItem: (key: string, value: string) => (kept ? storage.set(key, value) : refused()),
    removeItem: (key: string) => (kept ? storage.delete(key) : refused()),
  };
  runInNewContext(SCRIPT, {
    localStorage,
    document: {
      documentElement: { lang, dataset },
      addEventListener: (type: string, listener: (event: unknown) => void) => heard.set(type, listener),
      querySelectorAll: () => [],
    },
    matchMedia: () => ({ matches: false }),
    addEventListener: (type: string, listener: (event: unknown) => void) => heard.set(type, listener),
  });
  const choose = (choices: Partial<Choices>): void =>
    heard.get("hashiya:choose")?.({ detail: toKeep({ ...DEFAULTS, ...choices }) });
  return { dataset, storage, choose, heard };
}

/** Attributes that a choice gives the root, on a page in Arabic. */
function shown(dataset: Dataset): Dataset {
  const { script: _, reading: __, ...others } = dataset;
  return others;
}

describe("what a reader chooses", () => {
  const every = NAMES.flatMap((name) => CHOICES[name].map((value) => [name, value] as const));

  it.each(every)("%s: %s is told again as it was chosen, on this page and on the next", (name, value) => {
    const page = pageWith({});

    page.choose({ [name]: value });

    expect(chosenOf(page.dataset)).toEqual({ ...DEFAULTS, [name]: value });
    const next = pageWith(Object.fromEntries(page.storage));
    expect(chosenOf(next.dataset)).toEqual({ ...DEFAULTS, [name]: value });
    expect(shown(next.dataset)).toEqual(shown(page.dataset));
  });

  it.each(every)("%s: %s shows, unless the page is so without it", (name, value) => {
    const page = pageWith({});

    page.choose({ [name]: value });

    const isShown = Object.keys(shown(page.dataset)).length > 0;
    expect(isShown).toBe(value !== DEFAULTS[name] && name !== "place" && name !== "beside");
  });

  it("leaves nothing behind when the page is as it was", () => {
    const page = pageWith({});
    page.choose({ textSize: "large", theme: "dark", numerals: "arab" });
    expect(page.storage.size).toBe(2);

    page.choose({});

    expect(page.storage.size).toBe(0);
    expect(shown(page.dataset)).toEqual({});
  });

  it("lasts for the page where nothing can be kept", () => {
    const page = pageWith(null);

    page.choose({ notesAt: "foot", theme: "dark" });

    expect(shown(page.dataset)).toEqual({ notesAt: "foot", theme: "dark" });
    expect(chosenOf(page.dataset)).toEqual({ ...DEFAULTS, notesAt: "foot", theme: "dark" });
  });

  it("is nothing where somebody else wrote", () => {
    for (const words of ["{", "null", "7", '"foot"', '{"notesAt":"attic","textSize":3}']) {
      const page = pageWith({ "hashiya.reading": words, "hashiya.theme": "mauve" });
      expect(shown(page.dataset)).toEqual({});
      expect(chosenOf(page.dataset)).toEqual(DEFAULTS);
    }
  });

  it("shows on pages that are read alone, but for the theme", () => {
    const kept = { "hashiya.reading": '{"numerals":"arab","textSize":"large"}', "hashiya.theme": "dark" };

    expect(shown(pageWith(kept, { reading: false }).dataset)).toEqual({ theme: "dark" });
  });

  it("of numerals by the language means Arabic-Indic in Arabic, Latin in English", () => {
    const kept = { "hashiya.reading": '{"numerals":"own"}' };

    expect(pageWith(kept, { lang: "ar" }).dataset.numerals).toBe("arab");
    expect(pageWith(kept, { lang: "en" }).dataset.numerals).toBeUndefined();
  });

  it("is read anew when the browser brings a page back that it had put aside", () => {
    const page = pageWith({});
    page.storage.set("hashiya.reading", '{"lineSpace":"wide"}');

    page.heard.get("pageshow")?.({ persisted: true });

    expect(page.dataset.lineSpace).toBe("wide");
  });
});

describe("digits", () => {
  it.each([
    ["٣ حواشٍ", "3 حواشٍ"],
    ["الإصدار ١٢، ٢٠٢٦", "الإصدار 12، 2026"],
    ["بلا رقم", "بلا رقم"],
  ])("%s", (arab, latin) => {
    expect(inDigits(latin, true)).toBe(arab);
    expect(inDigits(arab, false)).toBe(latin);
    expect(inDigits(arab, true)).toBe(arab);
  });
});

describe("a place", () => {
  it("is kept by its release, the newest last, and no more than forty", () => {
    let places: Places = {};
    for (let n = 0; n < 50; n += 1) places = withPlace(places, `/editions/e${n}/1/`, [n, n + 9]);
    places = withPlace(places, "/editions/e20/1/", [3, 4]);

    expect(Object.keys(places)).toHaveLength(40);
    expect(Object.keys(places).at(-1)).toBe("/editions/e20/1/");
    expect(places["/editions/e20/1/"]).toEqual([3, 4]);
    expect(places["/editions/e5/1/"]).toBeUndefined();
    expect(without(places, "/editions/e20/1/")["/editions/e20/1/"]).toBeUndefined();
  });

  it("that was spoiled is none", () => {
    for (const kept of [null, "", "[", "7", "null"]) expect(placesOf(kept)).toEqual({});
    expect(placesOf('{"a":[4,9],"b":[9,4],"c":[1],"d":"x","e":[-1,3],"f":[1,2.5]}')).toEqual({ a: [4, 9] });
  });

  it.each([
    ["كلمة", 10, [10, 14]],
    ["", 10, [10, 10]],
    // Forty code points end within «المنارة»: the word before it is the last.
    [`${"باب ".repeat(9)}المنارة القديمة`, 0, [0, 35]],
    ["بلافراغ".repeat(9), 5, [5, 68]],
    [`${"𐤀".repeat(45)} بعدها`, 0, [0, 45]],
  ])("at %s begins there and ends with a word", (text, start, place) => {
    expect(firstWords(text as string, start as number)).toEqual(place);
  });
});

describe("notes stand", () => {
  it.each([
    // asked, all written in the page, more than fit → where
    [undefined, true, false, "placed"],
    [undefined, true, true, "list"],
    [undefined, false, true, "list"],
    ["panel", true, false, "panel"],
    ["panel", true, true, "panel"],
    ["panel", false, true, "list"],
    ["foot", true, true, "foot"],
    ["foot", false, true, "list"],
    ["attic", true, false, "placed"],
  ] as const)("asked %s, written %s, crowded %s: %s", (asked, isWritten, isCrowded, where) => {
    expect(standingOf({ asked, isWritten, isCrowded })).toBe(where);
  });
});
