import { describe, expect, it } from "vitest";
import { asked } from "../src/talk/mentions";

describe("what is asked for after an @", () => {
  it.each([
    ["شكرًا @لي", "لي"],
    ["و@ليلى حدّا", "ليلى حدّا"],
    ["write to a@example", null],
    ["@", null],
    ["no sign", null],
    ["@one\nand on", null],
    [`@${"x".repeat(41)}`, null],
  ])("%s", (words, name) => {
    expect(asked(words, words.length)).toBe(name);
  });
});
