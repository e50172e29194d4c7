// The page's title tells what the page and its worker found.
import { check } from "./check.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.onmessage = ({ data }) => (document.title = `page ${check()}, worker ${data}`);
worker.onerror = ({ message }) => (document.title = `worker failed: ${message}`);
