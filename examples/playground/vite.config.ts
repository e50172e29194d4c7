import { defineConfig, type Plugin } from "vite";

/** The core stays outside: it is the npm package's own module, which lies beside the page, in `tenantry/`. */
const core: Plugin = {
  name: "core",
  enforce: "pre",
  resolveId: (id) => (id === "tenantry" ? { id: "../tenantry/index.js", external: true } : null),
};

// Relative addresses, so that the site may lie in any folder.
export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    outDir: "../../target/playground-page",
    emptyOutDir: true,
    license: { fileName: "THIRD-PARTY-LICENSES.md" },
    chunkSizeWarningLimit: 1000,
  },
  plugins: [core],
  worker: { format: "es", plugins: () => [core] },
});
