import { defineConfig } from "vite";

// Relative addresses, so that the site may lie in any folder.
export default defineConfig({
  base: "./",
  build: { target: "es2022", outDir: "../../target/playground", emptyOutDir: true, chunkSizeWarningLimit: 3000 },
  worker: { format: "es" },
  server: { fs: { allow: ["../.."] } },
});
