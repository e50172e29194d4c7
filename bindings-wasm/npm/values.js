// Values in: walks a host value into WebAssembly's memory, in the form that `values_in.rs` documents.
//
// All of the host's own code (getters, proxies) runs here, before the core is entered, and may call
// the core itself: the inbox is a stack, on which a call inside a call writes above the outer one.
import { entropy } from "./entropy.js";
import { Fault, misuse, place, refuse, root, tooLarge } from "./fault.js";
import { bytesOf, classOf, hides, kindOf, millisOf } from "./kinds.js";
import { broken, current, enter, InstanceLostError, leave } from "./lost.js";
import { command_bytes, command_depth, document_depth, inbox, inbox_memory, trim_inbox, wipe_inbox } from "./tenantry.js";
import { TextEncoder } from "./text.js";

const { getPrototypeOf } = Object;
const encoder = new TextEncoder();
const ROOMY = 1 << 20; // an inbox that is not kept
const MOST = 0xffffffff; // items of an array
const LARGEST = 2 ** 30; // bytes of a document
const TOO_LARGE = "too large for this host";
const LONG = 48; // from here on a string is encoded by the host rather than letter by letter

let bytes = new Uint8Array(0); // the inbox, wherever it lies at the moment
let data = new DataView(bytes.buffer);
let position = 0;
let limit = 0; // where the argument being walked has become too large
let limits;
let generation = 0; // of the core, in which the inbox lies

// Has room for so many bytes more: asks for a larger inbox, or finds it again after memory has grown
// (which leaves the old view with a length of 0, no room even for nothing).
function ensure(room) {
  if (position + room >= bytes.length) find(room + 1);
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

// Writes the arguments of one call by `write`, and makes it by `call(start, end)`, which wipes them.
function send(write, call, one, two, three) {
  const start = position;
  const outer = limit;
  settle();
  const before = generation;
  try {
    try {
      write(one, two, three);
      if (current() !== before) throw new InstanceLostError(); // by a call inside a getter: what was written is gone
    } catch (error) {
      if (position > start) wipe(start);
      throw error;
    }
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

// Wipes arguments that no call will read: a password may be among them.
function wipe(start) {
  enter();
  wipe_inbox(start);
  leave();
}

// The inbox goes where the core's memory goes.
function settle() {
  if (current() === generation) return;
  generation = current();
  bytes = new Uint8Array(0);
}

// Lets what follows take so many bytes of the inbox.
function allow(most) {
  limit = most;
}

function move(by) {
  position += by;
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
  argument(value, pointer, bounds().document, LARGEST, TOO_LARGE, isHosts);
}

// Writes an actor by itself.
function actor(value) {
  command(value, "/context/actor", true);
}

// Writes rows.
function rows(value) {
  document(value, "", true);
}

// Writes the name of a request.
function word(value) {
  if (typeof value !== "string") misuse({ parent: undefined, key: "/request_name" }, undefined, "expected a string");
  plain(value, "/request_name");
}

// Writes the instant of a decision, or what else has text that is text, not JSON.
function plain(value, pointer = "/context/now") {
  limit = LARGEST;
  const root = { parent: undefined, key: pointer, left: 1, depth: 1, tooLarge: TOO_LARGE, isHosts: true };
  ensure(5);
  const before = position;
  position += 4;
  walk(value, undefined, root);
  ensure(0);
  data.setUint32(before, position - before - 4, true);
}

function bounds() {
  if (limits === undefined) {
    enter();
    limits = { command: command_depth(), document: document_depth(), size: command_bytes() };
    leave();
  }
  return limits;
}

// Writes a context, after entropy in case it has none.
function context(value) {
  ensure(16);
  bytes.set(entropy(), position);
  position += 16;
  command(value ?? {}, "/context", true);
}

// An argument: its length, then JSON text (a string or the bytes of one), or a value.
function argument(value, pointer, depth, most, reason, isHosts) {
  limit = most;
  const root = { parent: undefined, key: pointer, left: depth, depth, tooLarge: reason, isHosts };
  ensure(5);
  const before = position;
  position += 4;
  try {
    const given = typeof value === "string" ? undefined : readBytes(value, root);
    if (typeof value === "string") {
      bytes[position++] = 7;
      text(value, root);
    } else if (given === undefined) {
      walk(value, undefined, root);
    } else {
      if (position + given.length > limit) tooLarge(root);
      header(7, given.length);
      ensure(given.length);
      bytes.set(given, position);
      position += given.length;
    }
  } catch (error) {
    if (!Fault.is(error) || error.isHosts) throw error;
    // A client may have sent it: the core decides what error it is, and where in the call.
    position = before + 4;
    limit = Infinity;
    ensure(1);
    bytes[position++] = 9;
    text(error.pointer.slice(pointer.length));
    text(error.message);
  }
  ensure(0);
  data.setUint32(before, position - before - 4, true);
}

function readBytes(value, here) {
  try {
    return bytesOf(value);
  } catch (error) {
    misuse(here, undefined, "reading it threw an error", error); // its buffer has been transferred
  }
}

function walk(value, key, parent) {
  switch (typeof value) {
    case "string":
      ensure(1);
      bytes[position++] = 4;
      return text(value, parent, key);
    case "number":
      if (!Number.isFinite(value))
        refuse(parent, key, Number.isNaN(value) ? "NaN is not valid JSON" : "infinity is not valid JSON");
      return number(3, value);
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
      misuse(parent, key, `${typeof value === "undefined" ? "undefined" : `a ${typeof value}`} is not a JSON value`);
  }
}

function number(tag, value) {
  ensure(9);
  bytes[position] = tag;
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
  if (!wellFormed(string)) refuse(parent, key, "the string contains a lone surrogate, so it is not valid Unicode");
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
  "isWellFormed" in String.prototype ? (string) => string.isWellFormed() : (string) => !/\p{Surrogate}/u.test(string);

// An array, an object or a date. Each property is read once, and whatever the host's code throws becomes a fault at
// its place.
function container(value, here) {
  let key;
  try {
    if (here.left <= 0) refuse(here, undefined, `nested more than ${root(here).depth} levels deep`);
    const prototype = getPrototypeOf(value);
    if (Array.isArray(value)) {
      if (prototype !== Array.prototype && hides(prototype, false)) notPlain(here, prototype);
      const length = lengthOf(value);
      if (length === undefined) misuse(here, undefined, "the `length` of an array must be an integer below 2^32");
      header(5, length);
      for (key = 0; key < length; key++) {
        const item = value[key];
        if (item === undefined) misuse(here, key, "undefined is not a JSON value");
        walk(item, key, here);
        if (position > limit) tooLarge(here);
      }
      return;
    }
    if (prototype !== Object.prototype && prototype !== null) {
      const kind = kindOf(value);
      if (kind === "Date") return date(value, here);
      if (here.key === "entropy" && here.parent?.key === "/context" && hex(value)) return;
      if (kind !== "Object") misuse(here, undefined, `\`${kind}\` is not a JSON value; pass a plain object or an array`);
      if (hides(prototype, true)) notPlain(here, prototype);
    }
    const keys = Object.keys(value);
    header(6, 0);
    const before = position;
    let members = 0;
    for (let index = 0; index < keys.length; index++) {
      key = keys[index];
      const member = value[key];
      if (member === undefined) continue;
      members++;
      text(key, here);
      walk(member, key, here);
      if (position > limit) tooLarge(here);
    }
    ensure(0); // the last getter may have let memory grow
    data.setUint32(before - 4, members, true);
  } catch (error) {
    if (Fault.is(error)) throw error;
    misuse(here, key, "reading it threw an error", error);
  }
}

function header(tag, length) {
  ensure(5);
  bytes[position] = tag;
  data.setUint32(position + 1, length, true);
  position += 5;
}

// The length of an array; undefined if it is a proxy that answers no valid length.
function lengthOf(array) {
  const { length } = array;
  return Number.isInteger(length) && length >= 0 && length <= MOST ? length : undefined;
}

function notPlain(here, prototype) {
  misuse(here, undefined, `\`${classOf(prototype)}\` is not a plain object; pass a plain object with the members that you need`);
}

function date(value, here) {
  const millis = millisOf(value);
  if (!Number.isFinite(millis)) misuse(here, undefined, "the date is invalid");
  number(10, millis);
}

// Entropy as bytes, which on the wire is hexadecimal.
function hex(value) {
  const given = bytesOf(value);
  if (given === undefined) return false;
  ensure(1);
  bytes[position++] = 4;
  text(Array.from(given, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  return true;
}

export {
  actor,
  allow,
  command,
  context,
  data,
  document,
  encode,
  ensure,
  LARGEST,
  lengthOf,
  limit,
  move,
  nothing,
  plain,
  position,
  rows,
  send,
  TOO_LARGE,
  wellFormed,
  word,
};
