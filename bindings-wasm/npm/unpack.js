// The core from its text: base64 of what was deflated.
import { inflateSync } from "fflate";
import { packed, size } from "./packed.js";

// Node's own is several times as fast at the first call. Asked for in this way, no bundler looks for it, nor for `Buffer`.
const zlib = globalThis.process?.getBuiltinModule?.("node:zlib");

function unpack() {
  if (zlib !== undefined) return zlib.inflateRawSync(globalThis.Buffer.from(packed, "base64"), { chunkSize: size });
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index);
  return inflateSync(bytes, { out: new Uint8Array(size) });
}

export { unpack };
