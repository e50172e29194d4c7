// Values in: walks a host value into WebAssembly's memory, in the form that `values_in.rs` tells.
//
// All of the host's own code (getters, proxies) runs here, before the core is entered, and may call
// the core itself: the inbox is a stack, on which a call inside a call writes above the outer one.
import { command_bytes, command_depth, document_depth, inbox, inbox_memory, trim_inbox } from "./tenantry.js";

// What is no JSON: where, and why.
class Fault {
  constructor(pointer, message, cause) {
    this.pointer = pointer;
    this.message = message;
    this.cause = cause;
  }
}

const encoder = new TextEncoder();
const ROOMY = 1 << 20; // an inbox that is not kept
const LONG = 48; // from here on a string is encoded by the host rather than letter by letter

let bytes = new Uint8Array(0); // the inbox, wherever it lies at the moment
let data = new DataView(bytes.buffer);
let position = 0;
let limit = 0; // where the argument being walked has become too large
let limits;

// Has room for so many bytes more: asks for a larger inbox, or finds it again after memory has grown
// (which leaves the old view with a length of 0).
function ensure(room) {
  if (position + room > bytes.length) find(room);
}

function find(room) {
  const size = Math.max(position + room, bytes.length * 2, 4096);
  const address = inbox(size);
  bytes = new Uint8Array(inbox_memory().buffer, address, size);
  data = new DataView(bytes.buffer, address, size);
}

// Writes the arguments of one call by `write`, and makes it by `call(start, end)`.
function send(write, call, one, two, three) {
  const start = position;
  const outer = limit;
  try {
    write(one, two, three);
    return call(start, position);
  } catch (error) {
    bytes = new Uint8Array(0); // should the core itself have broken off, it has lost the inbox
    throw error;
  } finally {
    position = start;
    limit = outer;
    if (start === 0 && bytes.length > ROOMY) {
      bytes = new Uint8Array(0);
      trim_inbox();
    }
  }
}

// Writes a command, query, call or context; `pointer` is where it stands in the whole request.
function command(value, pointer = "") {
  limits ??= { command: command_depth(), document: document_depth(), size: command_bytes() };
  // No value is longer here than sixteen times its canonical JSON: the core looks at that itself.
  argument(value, pointer, limits.command, position + 16 * limits.size, "larger than 1 MiB of canonical JSON");
}

// Writes a scenario, snapshot or batch.
function document(value, pointer = "") {
  limits ??= { command: command_depth(), document: document_depth(), size: command_bytes() };
  argument(value, pointer, limits.document, 2 ** 30, "larger than this host can take");
}

// Writes a document that may also be given as the bytes of its text.
function bytesOrDocument(value) {
  if (!(value instanceof Uint8Array)) return document(value);
  ensure(5 + value.length);
  bytes[position] = 7;
  data.setUint32(position + 1, value.length, true);
  bytes.set(value, position + 5);
  position += 5 + value.length;
}

// Writes a context: entropy in case it has none, the actor bound to it if any (bytes of `walked`), itself.
function context(value, actor) {
  ensure(17);
  bytes.set(entropy(), position);
  position += 16;
  if (actor !== undefined) {
    bytes[position++] = 8;
    again(actor);
  }
  command(value ?? {}, "/context");
}

// What was walked, to be written again by `again`.
function walked(start, end) {
  return bytes.slice(start, end);
}

function again(copy) {
  ensure(copy.length);
  bytes.set(copy, position);
  position += copy.length;
}

function argument(value, pointer, depth, most, tooLarge) {
  limit = most;
  const root = { parent: undefined, key: pointer, left: depth, depth, tooLarge };
  if (typeof value === "string") {
    ensure(1);
    bytes[position++] = 7;
    text(value, root);
  } else {
    walk(value, undefined, root);
  }
}

function walk(value, key, parent) {
  switch (typeof value) {
    case "string":
      ensure(1);
      bytes[position++] = 4;
      return text(value, parent, key);
    case "number":
      if (!Number.isFinite(value)) refuse(parent, key, `${value} is no JSON value`);
      return number(value);
    case "boolean":
      ensure(1);
      bytes[position++] = value ? 2 : 1;
      return;
    case "object":
      if (value !== null) return container(value, key === undefined ? parent : place(parent, key));
      ensure(1);
      bytes[position++] = 0;
      return;
    default:
      refuse(parent, key, `${typeof value === "undefined" ? "undefined" : `a ${typeof value}`} is no JSON value`);
  }
}

function number(value) {
  ensure(9);
  bytes[position] = 3;
  data.setFloat64(position + 1, value, true);
  position += 9;
}

// A length and UTF-8. Lone surrogates are refused, never altered.
function text(string, parent, key) {
  const length = string.length;
  if (length < LONG) {
    ensure(4 + length);
    let end = position + 4;
    let index = 0;
    for (; index < length; index++) {
      const unit = string.charCodeAt(index);
      if (unit > 127) break;
      bytes[end++] = unit;
    }
    if (index === length) {
      data.setUint32(position, length, true);
      position = end;
      return;
    }
  }
  if (!wellFormed(string)) refuse(parent, key, "a lone surrogate is no Unicode text");
  const before = position;
  ensure(4 + length);
  position += 4;
  let read = encode(string);
  while (read < length) {
    ensure((length - read) * 3);
    read += encode(string.slice(read));
  }
  data.setUint32(before, position - before - 4, true);
  if (position > limit) tooLarge(parent);
}

function encode(string) {
  const { read, written } = encoder.encodeInto(string, bytes.subarray(position));
  position += written;
  return read;
}

const wellFormed =
  "isWellFormed" in String.prototype
    ? (string) => string.isWellFormed()
    : (string) => !/\p{Surrogate}/u.test(string);

// An array, an object or a date. Whatever the host's code throws becomes a fault at its place.
function container(value, here) {
  let key;
  try {
    if (here.left <= 0) refuse(here, undefined, `nested more than ${root(here).depth} levels deep`);
    if (Array.isArray(value)) {
      const length = value.length;
      header(5);
      data.setUint32(position - 4, length, true);
      for (key = 0; key < length; key++) {
        const item = value[key];
        if (item === undefined) refuse(here, key, "undefined is no JSON value");
        walk(item, key, here);
        if (position > limit) tooLarge(here);
      }
      return;
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      const tag = Object.prototype.toString.call(value);
      if (tag === "[object Date]") return date(value, here);
      if (tag !== "[object Object]") refuse(here, undefined, `${tag.slice(8, -1)} is no JSON value`);
    }
    const keys = Object.keys(value);
    header(6);
    const before = position;
    let members = 0;
    for (let index = 0; index < keys.length; index++) {
      key = keys[index];
      const member = value[key];
      if (member === undefined) continue;
      members++;
      text(key, here, key);
      walk(member, key, here);
      if (position > limit) tooLarge(here);
    }
    data.setUint32(before - 4, members, true);
  } catch (error) {
    if (error instanceof Fault) throw error;
    refuse(here, key, "reading it threw an error", error);
  }
}

function header(tag) {
  ensure(5);
  bytes[position] = tag;
  position += 5;
}

function date(value, here) {
  const millis = Date.prototype.getTime.call(value);
  if (Number.isNaN(millis)) refuse(here, undefined, "an invalid date is no JSON value");
  ensure(1);
  bytes[position++] = 4;
  text(new Date(millis).toISOString(), here);
}

// --- bare strings, for decisions ------------------------------------------------------------------

const SAME = 0xffffffff;
const NO_STRING = 0xfffffffe;

// Writes a string and nothing else; answers whether it is one, of well-formed Unicode.
function bare(string) {
  if (typeof string !== "string") return false;
  const length = string.length;
  ensure(length);
  let end = position;
  for (let index = 0; index < length; index++) {
    const unit = string.charCodeAt(index);
    if (unit > 127) return encoded(string);
    bytes[end++] = unit;
  }
  position = end;
  return true;
}

function encoded(string) {
  if (!wellFormed(string)) return false;
  ensure(string.length * 3);
  encode(string);
  return true;
}

// Decides a call of three strings: its code's number, or undefined where they are none.
function decide(world, bound, user, pack, tool, now) {
  const start = position;
  try {
    if (!bare(user)) return undefined;
    const userEnd = position;
    if (!bare(pack)) return undefined;
    const packEnd = position;
    if (!bare(tool)) return undefined;
    return world.number(bound, start, userEnd, packEnd, position, now);
  } finally {
    position = start;
  }
}

// Writes lists of strings, call by call, each string behind its length.
function threes(users, packs, tools, calls) {
  limit = 2 ** 30;
  const root = { parent: undefined, key: "", left: 1, depth: 1, tooLarge: "larger than this host can take" };
  try {
    let before = [];
    for (let index = 0; index < calls; index++) {
      const call = [users[index], packs[index], tools[index]];
      for (let place = 0; place < 3; place++) long(call[place], before[place]);
      before = call;
      if (position > limit) tooLarge(root);
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    refuse(root, undefined, "reading it threw an error", error);
  }
}

function long(string, before) {
  const at = position;
  ensure(4);
  position += 4;
  let length = SAME;
  if (string !== before || typeof string !== "string") {
    if (bare(string)) {
      length = position - at - 4;
    } else {
      length = NO_STRING;
      position = at + 4;
    }
  }
  data.setUint32(at, length, true);
}

// --- places ---------------------------------------------------------------------------------------

function place(parent, key) {
  return { parent, key, left: parent.left - 1 };
}

function root(here) {
  while (here.parent !== undefined) here = here.parent;
  return here;
}

function pointer(here) {
  if (here.parent === undefined) return here.key;
  return `${pointer(here.parent)}/${String(here.key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function refuse(here, key, message, cause) {
  throw new Fault(pointer(key === undefined ? here : place(here, key)), message, cause);
}

function tooLarge(here) {
  const whole = root(here);
  refuse(whole, undefined, whole.tooLarge);
}

// --- entropy --------------------------------------------------------------------------------------

const POOL = 4096; // asking the host once for many calls costs a tenth
let pool;
let used = POOL;

function entropy() {
  if (used === POOL) {
    pool = crypto.getRandomValues(pool ?? new Uint8Array(POOL));
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

export { Fault, again, bytesOrDocument, command, context, decide, document, send, threes, walked };
