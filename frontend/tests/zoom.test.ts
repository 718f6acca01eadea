import { expect, it } from "vitest";
import { actOf } from "../src/zoom/keys";

const press = (key: string, held: object = {}) =>
  actOf({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held });

it.each([
  ["+", { kind: "zoom", by: 1.5 }],
  ["=", { kind: "zoom", by: 1.5 }],
  ["-", { kind: "zoom", by: 1 / 1.5 }],
  ["0", { kind: "whole" }],
  ["٠", { kind: "whole" }],
  ["ArrowLeft", { kind: "move", x: -0.15, y: 0 }],
  ["ArrowDown", { kind: "move", x: 0, y: 0.15 }],
])("%s does what it says on whichever keyboard", (key, expected) => {
  expect(press(key)).toEqual(expected);
});

it("moves by what is seen with Shift", () => {
  expect(press("ArrowRight", { shiftKey: true })).toEqual({ kind: "move", x: 0.9, y: 0 });
});

it.each([["a"], ["Tab"], ["Escape"], ["PageDown"]])("leaves %s to the page", (key) => {
  expect(press(key)).toBeNull();
});

it("leaves the browser's own keys to the browser", () => {
  expect(press("+", { ctrlKey: true })).toBeNull();
  expect(press("ArrowLeft", { altKey: true })).toBeNull();
});
