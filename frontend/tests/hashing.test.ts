import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Hasher } from "../src/deposit/hasher";
import { sha256Of } from "../src/deposit/hashing";

const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

describe("the SHA-256 of a file", () => {
  // FIPS 180-4's own examples, as NIST publishes them.
  it.each([
    ["", EMPTY],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
  ])("is that of the standard", async (words, expected) => {
    expect(await sha256Of(new Blob([words]))).toBe(expected);
  });

  it.each([
    1, 3, 63, 64, 65, 1000, 4096, 10_239, 10_240, 10_241,
  ])("is the same however the file is cut: by %i", async (slice) => {
    const bytes = Uint8Array.from({ length: 10_240 }, (_, at) => (at * 7919) % 256);

    const found = await sha256Of(new Blob([bytes]), slice);

    expect(found).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("never holds more of a file than two slices", async () => {
    const slices: [number, number][] = [];
    const file = {
      size: 1000,
      slice: (from: number, to: number) => {
        slices.push([from, Math.min(to, 1000)]);
        return new Blob([new Uint8Array(Math.max(0, Math.min(to, 1000) - from))]);
      },
      arrayBuffer: () => Promise.reject(new Error("the whole file was asked for")),
    } as unknown as Blob;

    expect(await sha256Of(file, 300)).toBe(createHash("sha256").update(Buffer.alloc(1000)).digest("hex"));
    expect(slices.every(([from, to]) => to - from <= 300)).toBe(true);
  });

  it("is not told of a file that became shorter", async () => {
    const file = { size: 10, slice: () => new Blob(["short"]) } as unknown as Blob;

    await expect(sha256Of(file)).rejects.toThrow("shorter");
  });
});

/** Stands in for the thread: it notes what it is asked, and answers when it is told to. */
class Thread extends EventTarget {
  readonly asked: File[] = [];

  postMessage(file: File): void {
    this.asked.push(file);
  }

  answer(sha256: string): void {
    this.dispatchEvent(new MessageEvent("message", { data: { sha256 } }));
  }
}

describe("the queue of files", () => {
  const files = ["a", "b", "c"].map((name) => new File([name], name));
  const begin = (): [Thread, Hasher] => {
    const thread = new Thread();
    return [thread, new Hasher(thread as unknown as Worker)];
  };

  it("gives one file at a time, in their order", async () => {
    const [thread, hasher] = begin();
    const found = files.map((file) => hasher.hash(file));

    for (const number of [1, 2, 3]) {
      expect(thread.asked.map(({ name }) => name)).toEqual(["a", "b", "c"].slice(0, number));
      thread.answer(`hash ${number}`);
    }

    expect(await Promise.all(found)).toEqual([1, 2, 3].map((number) => ({ sha256: `hash ${number}` })));
  });

  it("tells of a file that could not be read, and goes on with the next", async () => {
    const [thread, hasher] = begin();
    const [first, second] = [hasher.hash(files[0] as File), hasher.hash(files[1] as File)];

    thread.answer("");
    thread.answer(EMPTY);

    expect(await first).toEqual({ failed: "unreadable" });
    expect(await second).toEqual({ sha256: EMPTY });
  });

  it("says so where no thread is to be had", async () => {
    expect(await new Hasher(null).hash(files[0] as File)).toEqual({ failed: "unavailable" });
  });

  it("keeps nobody waiting when the thread is not there", async () => {
    const [thread, hasher] = begin();
    const waiting = files.map((file) => hasher.hash(file));

    thread.dispatchEvent(new Event("error"));

    for (const found of [...waiting, hasher.hash(files[0] as File)]) {
      expect(await found).toEqual({ failed: "unavailable" });
    }
  });
});
