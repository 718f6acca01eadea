import { expect, test } from "vitest";
import { joined } from "../src/desk/joining";

test.each([
  ["بُني الجسر", "من حجر", "بُني الجسر من حجر", 11],
  ["one ", "two", "one two", 4],
  ["# one", "## two", "# one two", 6],
  ["- one", "- two", "- one two", 6],
  ["> one", "> two", "> one two", 6],
  ["one", "12. two", "one two", 4],
  ["one", "*two*", "one *two*", 4],
  ["one", String.raw`\# two`, String.raw`one \# two`, 4],
  ["one", "", "one", 3],
])("the box %j before %j", (before, after, text, seam) => {
  expect(joined(before, after)).toEqual({ text, seam });
});
