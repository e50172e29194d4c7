// Lists of bare strings in, for decisions: a table of their lengths, then the text of all of them.
import { Fault, misuse, place, tooLarge } from "./fault.js";
import { allow, data, encode, ensure, LARGEST, lengthOf, limit, move, position, TOO_LARGE, wellFormed } from "./values.js";

const SAME = 0xffffffff;
const ILL_FORMED = 0xfffffffe;

// Writes lists of strings, the length of each, call by call, then the text of all of them at once. Answers how many
// calls there are.
function threes(...given) {
  allow(LARGEST);
  const root = { parent: undefined, key: "", left: 2, depth: 2, tooLarge: TOO_LARGE, isHosts: true };
  const lists = given.map((list, index) => strings(list, place(root, NAMES[index])));
  const calls = lists[0].length;
  if (lists.some(({ length }) => length !== calls)) misuse(root, undefined, "expected three arrays of the same length");
  if (calls * 12 > limit) tooLarge(root);
  ensure(calls * 12);
  const table = position;
  move(calls * 12);
  const texts = [];
  const before = [undefined, undefined, undefined];
  for (let index = 0, at = table; index < calls; index++) {
    for (let place = 0; place < 3; place++, at += 4) {
      const string = lists[place][index];
      let length = SAME;
      if (string !== before[place]) {
        length = string.length;
        texts.push(string);
      }
      before[place] = string;
      data.setUint32(at, length, true);
    }
  }
  if (!ascii(texts.join(""))) others(texts, table);
  if (position > limit) tooLarge(root);
  return calls;
}

const NAMES = ["registered_user_ids", "tool_pack_ids", "tools"];

// Writes the three strings of one call, as lists of one.
function three(...given) {
  given.forEach((string, index) => {
    if (typeof string !== "string")
      misuse(place({ parent: undefined, key: "", left: 1 }, NAMES[index].slice(0, -1)), undefined, "expected a string");
  });
  return threes(...given.map((string) => [string]));
}

// The strings of a list, each read once.
function strings(list, here) {
  let index;
  try {
    const length = Array.isArray(list) ? lengthOf(list) : undefined;
    if (length === undefined) misuse(here, undefined, "expected an array of strings");
    const strings = [];
    for (index = 0; index < length; index++) {
      const string = list[index];
      if (typeof string !== "string") misuse(here, index, "expected a string");
      strings.push(string);
    }
    return strings;
  } catch (error) {
    if (Fault.is(error)) throw error;
    misuse(here, index, "reading it threw an error", error);
  }
}

// Writes text that is as long in UTF-8 as it is here.
function ascii(string) {
  ensure(string.length);
  const before = position;
  const read = encode(string);
  if (read === string.length && position - before === read) return true;
  move(before - position);
  return false;
}

// Writes strings one by one, and corrects the table of their lengths.
function others(texts, table) {
  let at = table;
  for (const string of texts) {
    while (data.getUint32(at, true) === SAME) at += 4;
    const before = position;
    if (wellFormed(string)) {
      ensure(string.length * 3);
      encode(string);
      data.setUint32(at, position - before, true);
    } else {
      data.setUint32(at, ILL_FORMED, true);
    }
    at += 4;
  }
}

export { three, threes };
