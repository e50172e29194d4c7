// A Node that has `node:sqlite`: the one that runs this or, where that is too old, the one among the packages.
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const own = fileURLToPath(new URL("./node_modules/node24/bin/node", import.meta.url));
export const newer = major > 22 || (major === 22 && minor >= 13) ? process.execPath : own;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(newer);
