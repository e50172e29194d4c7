// Values in: walks a host value into WebAssembly's memory, in the form that `values_in.rs` tells.
//
// All of the host's own code (getters, proxies) runs here, before the core is entered, and may call
// the core itself: the inbox is a stack, on which a call inside a call writes above the outer one.
import { InstanceLostError, broken, current, enter, leave } from "./lost.js";
import { command_bytes, command_depth, document_depth, inbox, inbox_memory, trim_inbox } from "./tenantry.js";

// What is no JSON: where, and why. Only the host's own program can have made what is the host's.
class Fault {
  constructor(pointer, message, isHosts, cause) {
    this.pointer = pointer;
    this.message = message;
    this.isHosts = isHosts;
    this.cause = cause;
  }
}

const encoder = new TextEncoder();
const ROOMY = 1 << 20; // an inbox that is not kept
const TOO_LARGE = "larger than this host can take";
const LONG = 48; // from here on a string is encoded by the host rather than letter by letter

let bytes = new Uint8Array(0); // the inbox, wherever it lies at the moment
let data = new DataView(bytes.buffer);
let position = 0;
let limit = 0; // where the argument being walked has become too large
let limits;
let life = 0; // of the core, in which the inbox lies

// Has room for so many bytes more: asks for a larger inbox, or finds it again after memory has grown
// (which leaves the old view with a length of 0).
function ensure(room) {
  if (position + room > bytes.length) find(room);
}

function find(room) {
  const size = Math.max(position + room, bytes.length * 2, 4096);
  enter();
  const address = inbox(size);
  leave();
  if (address === 0) throw new Fault("", TOO_LARGE, false);
  bytes = new Uint8Array(inbox_memory().buffer, address, size);
  data = new DataView(bytes.buffer, address, size);
}

// Writes the arguments of one call by `write`, and makes it by `call(start, end)`.
function send(write, call, one, two, three) {
  const start = position;
  const outer = limit;
  settle();
  const before = life;
  try {
    write(one, two, three);
    if (current() !== before) throw new InstanceLostError(); // by a call inside a getter: what was written is gone
    enter();
    const answer = call(start, position);
    leave();
    return answer;
  } catch (error) {
    throw broken(error);
  } finally {
    position = start;
    limit = outer;
    if (start === 0 && bytes.length > ROOMY) {
      bytes = new Uint8Array(0);
      trim_inbox();
    }
  }
}

// The inbox goes where the core's memory goes.
function settle() {
  if (current() === life) return;
  life = current();
  bytes = new Uint8Array(0);
}

// Writes no argument.
function nothing() {}

// Writes a command, query, call or context; `pointer` is where it stands in the whole request.
function command(value, pointer = "", isHosts = false) {
  const { command, size } = bounds();
  // No value is longer here than sixteen times its canonical JSON: the core looks at that itself.
  argument(value, pointer, command, position + 16 * size, "larger than 1 MiB of canonical JSON", isHosts);
}

// Writes a scenario, snapshot or batch.
function document(value, pointer = "", isHosts = false) {
  argument(value, pointer, bounds().document, 2 ** 30, TOO_LARGE, isHosts);
}

// Writes an actor by itself.
function actor(value) {
  command(value, "/context/actor", true);
}

// Writes rows.
function rows(value) {
  document(value, "", true);
}

function bounds() {
  if (limits === undefined) {
    enter();
    limits = { command: command_depth(), document: document_depth(), size: command_bytes() };
    leave();
  }
  return limits;
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
  command(value ?? {}, "/context", true);
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

function argument(value, pointer, depth, most, tooLarge, isHosts) {
  limit = most;
  const root = { parent: undefined, key: pointer, left: depth, depth, tooLarge, isHosts };
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

// --- lists of bare strings, for decisions -----------------------------------------------------------

const SAME = 0xffffffff;
const NO_STRING = 0xfffffffe;

// Writes lists of strings: the length of each, call by call, then the text of all of them at once.
function threes(users, packs, tools, calls) {
  limit = 2 ** 30;
  const root = { parent: undefined, key: "", left: 1, depth: 1, tooLarge: TOO_LARGE, isHosts: true };
  if (calls * 12 > limit) tooLarge(root);
  ensure(calls * 12);
  const table = position;
  position += calls * 12;
  const strings = [];
  try {
    const lists = [users, packs, tools];
    const before = [undefined, undefined, undefined];
    for (let index = 0, at = table; index < calls; index++) {
      for (let place = 0; place < 3; place++, at += 4) {
        const string = lists[place][index];
        let length = SAME;
        if (typeof string !== "string") {
          length = NO_STRING;
        } else if (string !== before[place]) {
          length = string.length;
          strings.push(string);
        }
        before[place] = string;
        data.setUint32(at, length, true);
      }
    }
  } catch (error) {
    refuse(root, undefined, "reading it threw an error", error);
  }
  if (!ascii(strings.join(""))) others(strings, table);
  if (position > limit) tooLarge(root);
}

// Writes text that is as long in UTF-8 as it is here.
function ascii(string) {
  ensure(string.length);
  const { read, written } = encoder.encodeInto(string, bytes.subarray(position));
  if (read < string.length || written > read) return false;
  position += written;
  return true;
}

// Writes strings one by one, and corrects the table of their lengths.
function others(strings, table) {
  let at = table;
  for (const string of strings) {
    while (data.getUint32(at, true) >= NO_STRING) at += 4;
    const before = position;
    if (wellFormed(string)) {
      ensure(string.length * 3);
      encode(string);
      data.setUint32(at, position - before, true);
    } else {
      data.setUint32(at, NO_STRING, true);
    }
    at += 4;
  }
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
  throw new Fault(pointer(key === undefined ? here : place(here, key)), message, root(here).isHosts, cause);
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

export { Fault, actor, again, bytesOrDocument, command, context, document, nothing, rows, send, threes, walked };
