import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { compressed } from "./compressed.ts";

const entry = (file: string): string => fileURLToPath(new URL(`src/entries/${file}`, import.meta.url));

/** Modules that the reading page loads before anything else; its further parts come when they are needed. */
const AT_ONCE =
  /src\/(reader\/(address|cards|film|reader)|textlayer\/(article|card|depth|hit|layer|messages|notes|painter|pins|spans|viewport)|text\/codepoints)\.ts$|src\/i18n\/(ar|en)\/reader\.json$/;

export default defineConfig({
  // Addresses inside the bundles are relative, so that STATIC_URL is the server's business alone.
  base: "./",
  publicDir: false,
  plugins: [compressed()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // Old targets make the minifier guess directions from languages, which is wrong wherever the two differ.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // The content security policy allows no data: address, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: {
        reader: entry("reader.ts"),
        workbench: entry("workbench.ts"),
        places: entry("places.ts"),
        desk: entry("desk.ts"),
        site: entry("site.ts"),
        styles: entry("styles.css"),
      },
      output: {
        // What the reading page needs at once stays in one file, whatever other entries share of it: apart it weighs more.
        codeSplitting: { groups: [{ name: "reader", test: AT_ONCE }], includeDependenciesRecursively: false },
      },
    },
  },
  worker: { format: "es" },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
});
