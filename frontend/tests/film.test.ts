import { describe, expect, it } from "vitest";
import { lanesOf } from "../src/places/lanes";
import { answering, messagesTo, readMessage } from "../src/places/providers";

const YOUTUBE = "https://www.youtube-nocookie.com";
const VIMEO = "https://player.vimeo.com";

describe("bars over a film", () => {
  it("stand in one row as long as none lies over another", () => {
    expect(
      lanesOf(
        [
          { start: 0, end: 10 },
          { start: 10, end: 20 },
          { start: 15, end: 30 },
        ],
        1,
        4,
      ),
    ).toEqual([0, 0, 1]);
  });

  it("give a moment room to be hit, and share the last row when there are too many", () => {
    const moments = [0, 0, 0, 0, 0].map((start) => ({ start, end: start }));

    expect(lanesOf(moments, 2, 3)).toEqual([0, 1, 2, 2, 2]);
  });
});

describe("players in frames", () => {
  it("tell their seconds", () => {
    const youtube = JSON.stringify({ event: "infoDelivery", info: { currentTime: 65.5, duration: 90 } });
    const vimeo = { event: "timeupdate", data: { seconds: 12.25, duration: 40 } };

    expect(readMessage(YOUTUBE, youtube)).toEqual({ now: 65.5, length: 90 });
    expect(readMessage(VIMEO, vimeo)).toEqual({ now: 12.25, length: 40 });
    expect(readMessage(VIMEO, { event: "ready" })).toBe("ready");
  });

  it.each([
    ["https://elsewhere.example", JSON.stringify({ info: { currentTime: 1 } })],
    [YOUTUBE, "no JSON {"],
    [YOUTUBE, JSON.stringify({ info: { currentTime: "12" } })],
    [VIMEO, null],
    [VIMEO, { event: "timeupdate", data: 7 }],
  ])("are not believed when they say anything else (%s)", (origin, data) => {
    expect(readMessage(origin, data)).toBeNull();
  });

  it("are asked in their own words, others not at all", () => {
    expect(messagesTo(YOUTUBE, 12).join()).toContain('"seekTo","args":[12,true]');
    expect(messagesTo(VIMEO, "pause")).toEqual(['{"method":"pause"}']);
    expect(messagesTo("https://archive.org", 12)).toEqual([]);
    expect(answering(`${YOUTUBE}/embed/abc?start=3`, "https://here.example")).toContain("enablejsapi=1");
    expect(answering("https://archive.org/embed/x", "https://here.example")).toBe(
      "https://archive.org/embed/x",
    );
  });
});
