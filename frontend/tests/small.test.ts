import { describe, expect, it, vi } from "vitest";
import { dateFormat, siteZone } from "../src/lib/dates";
import { spaced } from "../src/lib/dom";
import { request } from "../src/lib/http";
import { shownName } from "../src/lib/names";
import { fileSize } from "../src/lib/size";
import { parseAddress } from "../src/reader/address";
import { stepFrom } from "../src/reader/stepping";
import { type Span, shift } from "../src/site/drawings";
import { relative } from "../src/site/times";
import { isNamed, ranked } from "../src/ui/choices";
import { keyFor } from "../src/workbench/drafts";

describe("a moment late in the evening", () => {
  const late = new Date("2026-03-31T22:30:00Z");

  it.each([
    ["Asia/Damascus", "1 April 2026"],
    ["UTC", "31 March 2026"],
    ["America/New_York", "31 March 2026"],
    ["Pacific/Kiritimati", "1 April 2026"],
  ])("has in %s the day that the server writes", (zone, day) => {
    const options = { day: "numeric", month: "long", year: "numeric" } as const;
    expect(dateFormat(options, siteZone(zone)).format(late)).toMatch(
      day.startsWith("31") ? /31|٣١/ : /^1 |^١ /,
    );
  });

  it("is the browser's where the site's zone is not known", () => {
    expect(siteZone("Nowhere/Else")).toBeUndefined();
    expect(siteZone("")).toBeFalsy();
  });
});

describe("an address", () => {
  it.each([
    ["#note-a1b2", { note: "a1b2" }],
    ["#at-12-40", { start: 12, end: 40 }],
    ["#at-40-12", null],
    ["#b3", null],
    ["", null],
  ])("%s", (hash, expected) => {
    expect(parseAddress(hash)).toEqual(expected);
  });
});

describe("choices", () => {
  const choices = [
    { id: "1", label: "باب السوق" },
    { id: "2", label: "سوق النحاسين" },
    { id: "3", label: "السُّوق" },
    { id: "4", label: "ميناء", labels: { en: "Market harbor" } },
  ];

  it("come in the order in which they match, whatever the spelling", () => {
    expect(ranked(choices, "سوق").map(({ id }) => id)).toEqual(["3", "2", "1", "4"]);
    expect(ranked(choices, "market")[0]?.id).toBe("4");
  });

  it("are known by name in either language and without marks", () => {
    expect(isNamed({ id: "3", label: "السُّوق" }, "السوق")).toBe(true);
    expect(isNamed(choices[3] as (typeof choices)[number], "market HARBOR")).toBe(true);
    expect(isNamed({ id: "3", label: "السوق" }, "سو")).toBe(false);
  });
});

describe("times", () => {
  const now = new Date("2026-05-10T12:00:00Z");

  it("are told as people say them, for a week", () => {
    expect(relative(new Date("2026-05-10T11:57:00Z"), now, "en")).toBe("3 minutes ago");
    expect(relative(new Date("2026-05-09T11:00:00Z"), now, "ar")).toBe("أمس");
    expect(relative(new Date("2026-04-10T11:00:00Z"), now, "en")).toBeNull();
  });
});

describe("a request", () => {
  it.each(["ar", "en"])("asks for words in the language of the page: %s", async (language) => {
    const asked = vi.fn(() => Promise.resolve(new Response("{}")));
    vi.stubGlobal("document", { documentElement: { lang: language } });
    vi.stubGlobal("fetch", asked);

    await request("GET", "/api/");

    expect(asked).toHaveBeenCalledWith(
      "/api/",
      expect.objectContaining({ headers: expect.objectContaining({ "Accept-Language": language }) }),
    );
    vi.unstubAllGlobals();
  });
});

describe("the name of a file", () => {
  it.each([
    ["ship\u202Egnp.exe", "shipgnp.exe"],
    ["a\u0007\u2066b\u2069.png", "ab.png"],
    ["می\u200Cروم.md", "می\u200Cروم.md"],
  ])("%j is shown as %j", (name, shown) => {
    expect(shownName(name)).toBe(shown);
  });
});

describe("sizes", () => {
  it("are told in whole units", () => {
    expect(fileSize(0, "en")).toBe("0 bytes");
    expect(fileSize(1, "en")).toBe("1 byte");
    expect(fileSize(52, "en")).toBe("52 bytes");
    expect(fileSize(1_712, "en")).toBe("1.7 kB");
    expect(fileSize(41_200, "en")).toBe("41 kB");
    expect(fileSize(10_485_760, "en")).toBe("10.5 MB");
  });

  it("are told in whole words in Arabic, as the server writes them", () => {
    expect(fileSize(41_200, "ar")).toBe("41 كيلوبايت");
    expect(fileSize(10_485_760, "ar")).toBe("10.5 ميغابايت");
  });
});

it("a draft's key names text, revision and place", () => {
  expect(keyFor("t1", 3, { start: 5, end: 9 })).toBe("t1.3.5.9");
});

describe("an action that is spaced", () => {
  it("comes at once, then after each wait while it is asked for, and follows the last call", () => {
    vi.useFakeTimers();
    const seen: number[] = [];
    let at = 0;
    const act = spaced(100, () => seen.push(at));
    for (at = 0; at < 250; at += 10) {
      act();
      vi.advanceTimersByTime(10);
    }
    expect(seen).toEqual([0, 90, 190]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual([0, 90, 190, 250]);
    vi.useRealTimers();
  });
});

describe("the change to go to", () => {
  const tops = [-400, null, 250, 900];

  it("is the first below the line at which the reader is, or the last above it", () => {
    expect(stepFrom(-1, 1, tops, 300)).toBe(3);
    expect(stepFrom(-1, -1, tops, 300)).toBe(2);
    expect(stepFrom(-1, 1, tops, 200)).toBe(2);
  });

  it("is the one beside the last that was visited, wherever the page stands now", () => {
    expect(stepFrom(2, 1, tops, 300)).toBe(3);
    expect(stepFrom(2, -1, tops, 300)).toBe(1);
  });

  it("is out of range where there is none", () => {
    expect(stepFrom(3, 1, tops, 300)).toBe(4);
    expect(stepFrom(0, -1, tops, 300)).toBe(-1);
    expect(stepFrom(-1, 1, [-9], 300)).toBe(1);
    expect(stepFrom(-1, -1, [], 300)).toBe(-1);
  });
});

describe("a drawing wider than its window", () => {
  const marks: Span[] = [
    [10, 60],
    [500, 540],
    [560, 600],
    [610, 640],
  ];

  it("opens where most of its marks are, with them in the middle", () => {
    expect(shift(marks, 300)).toBe((500 + 640 - 300) / 2);
  });

  it("stays where it is when no other place shows more, and for marks wider than the window", () => {
    expect(
      shift(
        [
          [10, 60],
          [500, 540],
        ],
        300,
      ),
    ).toBe(0);
    expect(shift([[-20, 900]], 300)).toBe(0);
    expect(shift([], 300)).toBe(0);
  });
});
