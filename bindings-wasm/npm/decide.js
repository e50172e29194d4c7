// The hot path: a decision on three bare strings. Each has a slot of its own in WebAssembly's memory, and stays
// there for the next call, where mostly only one of them differs.
import { broken, current, enter, leave } from "./lost.js";
import { inbox_memory, slots } from "./tenantry.js";

const SLOT_SIZE = 256; // letters in a slot: an id has at most 255
const USAGE_ERROR = 0xffff; // in the place of a number: a mistake of the program's own
let bytes = new Uint8Array(0); // the slots, wherever they lie at the moment
let generation; // of the core, in which they lie
let written = [undefined, undefined, undefined];

// The code's number, 0 for allow; undefined if one of the three is not an ASCII string that fits a slot, and if there
// is an error to throw: the way for many calls then handles both.
function decide(world, bound, user, pack, tool, now) {
  if (typeof user !== "string" || typeof pack !== "string" || typeof tool !== "string") return undefined;
  try {
    if (bytes.length === 0 || generation !== current()) locateSlots();
    if (
      (user !== written[0] && !write(0, user)) ||
      (pack !== written[1] && !write(1, pack)) ||
      (tool !== written[2] && !write(2, tool))
    )
      return undefined;
    enter();
    const number = world.number(bound, user.length, pack.length, tool.length, now);
    leave();
    return number === USAGE_ERROR ? undefined : number;
  } catch (error) {
    throw broken(error);
  }
}

// Finds the slots, also again after memory has grown, which leaves the old view with a length of 0.
function locateSlots() {
  if (generation !== current()) written = [undefined, undefined, undefined];
  generation = current();
  enter();
  bytes = new Uint8Array(inbox_memory().buffer, slots(), 3 * SLOT_SIZE);
  leave();
}

function write(slot, string) {
  written[slot] = undefined;
  const { length } = string;
  if (length > SLOT_SIZE) return false;
  for (let index = 0, at = slot * SLOT_SIZE; index < length; index++, at++) {
    const unit = string.charCodeAt(index);
    if (unit > 127) return false;
    bytes[at] = unit;
  }
  written[slot] = string;
  return true;
}

export { decide };
