import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What is words; fonts and pictures are compressed already. */
const WORDS = /\.(css|js|json|svg)$/;

/**
 * Write a `.br` and a `.gz` beside each file of words that was built: the server sends those wherever nothing collects and
 * compresses the files for it, as in the demonstration.
 */
export function compressed(): Plugin {
  let folder = "";
  return {
    name: "hashiya-compressed",
    apply: "build",
    configResolved: ({ build }) => {
      folder = join(build.outDir, "assets");
    },
    closeBundle: () => {
      for (const name of readdirSync(folder).filter((one) => WORDS.test(one))) {
        const path = join(folder, name);
        const words = readFileSync(path);
        const params = {
          [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
          [constants.BROTLI_PARAM_SIZE_HINT]: statSync(path).size,
        };
        writeFileSync(`${path}.br`, brotliCompressSync(words, { params }));
        writeFileSync(`${path}.gz`, gzipSync(words, { level: 9 }));
      }
    },
  };
}
