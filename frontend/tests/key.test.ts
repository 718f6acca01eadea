import { expect, test } from "vitest";
import { keyOf } from "../src/deposit/key";

const file = { name: "خريطة.png", size: 1200, lastModified: 1_700_000_000_000 };

test("the same file has the same key whenever it is chosen", () => {
  expect(keyOf({ ...file })).toBe(keyOf({ ...file }));
});

test.each([
  { ...file, name: "خريطه.png" },
  { ...file, size: 1201 },
  { ...file, lastModified: file.lastModified + 1 },
])("a file that differs in anything has another key", (other) => {
  expect(keyOf(other)).not.toBe(keyOf(file));
});

test("files alike in two folders have keys of their own", () => {
  expect(keyOf(file, "recto/خريطة.png")).not.toBe(keyOf(file, "verso/خريطة.png"));
});

test("a key fits the server's column", () => {
  expect(
    keyOf({ name: "x".repeat(300), size: Number.MAX_SAFE_INTEGER, lastModified: Number.MAX_SAFE_INTEGER })
      .length,
  ).toBeLessThanOrEqual(64);
});
