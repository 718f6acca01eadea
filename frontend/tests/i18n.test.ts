import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Message, translator } from "../src/i18n";

type Catalog = Record<string, Message>;
const folder = new URL("../src/i18n/", import.meta.url);
const areas = (language: string): string[] => readdirSync(new URL(`${language}/`, folder)).sort();
const load = (language: string, area: string): Catalog =>
  JSON.parse(readFileSync(new URL(`${language}/${area}`, folder), "utf-8")) as Catalog;
const forms = (message: Message): string[] =>
  typeof message === "string" ? [message] : Object.values(message);
const names = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? "").sort();

it("both languages have the same areas", () => {
  expect(areas("ar")).toEqual(areas("en"));
});

describe.each(areas("en"))("%s", (area) => {
  const en = load("en", area);
  const ar = load("ar", area);

  it("has every key in both languages, in the same order", () => {
    expect(Object.keys(ar)).toEqual(Object.keys(en));
  });

  it("says something in every form", () => {
    for (const message of [...Object.values(en), ...Object.values(ar)]) {
      for (const form of forms(message)) expect(form.trim()).not.toBe("");
    }
  });

  it("fills the same names in both languages", () => {
    for (const [key, message] of Object.entries(en)) {
      const english = new Set(forms(message).flatMap(names));
      for (const form of forms(ar[key] as Message)) {
        for (const name of names(form)) expect(english, key).toContain(name);
      }
    }
  });

  it("has every plural that its language tells apart", () => {
    for (const [key, message] of Object.entries(en)) {
      if (typeof message === "string") continue;
      expect(Object.keys(message).sort(), key).toEqual(["one", "other"]);
      expect(Object.keys(ar[key] as object).sort(), key).toEqual([
        "few",
        "many",
        "one",
        "other",
        "two",
        "zero",
      ]);
    }
  });
});

describe("a translator", () => {
  const catalogs = { en: load("en", "reader.json"), ar: load("ar", "reader.json") };

  it.each([
    [1, "حاشية واحدة هنا"],
    [2, "حاشيتان هنا"],
    [3, "3 حواشٍ هنا"],
    [11, "11 حاشيةً هنا"],
    [100, "100 حاشية هنا"],
  ])("counts %i notes as Arabic does", (n, expected) => {
    expect(translator(catalogs, "ar")("notes_here", { n })).toBe(expected);
  });

  it("counts as English does", () => {
    expect(translator(catalogs, "en")("notes_here", { n: 1 })).toBe("1 note here");
    expect(translator(catalogs, "en")("notes_here", { n: 2 })).toBe("2 notes here");
  });
});
