// What kind of object a host gave. Where it matters, the checks cannot be fooled by a property, proxy or other realm.

const { getOwnPropertyDescriptor, getOwnPropertyDescriptors, getPrototypeOf, hasOwn } = Object;
const tagOf = Object.prototype.toString;
const timeOf = Date.prototype.getTime;

// The getter of a built-in property, as a function of any object: it throws at objects of other kinds.
function getter(prototype, name) {
  const { get } = getOwnPropertyDescriptor(prototype, name);
  return (value) => Reflect.apply(get, value, []);
}

const TypedArray = getPrototypeOf(Uint8Array.prototype);
const [ofArrays, ofViews] = [TypedArray, DataView.prototype].map((prototype) => ({
  buffer: getter(prototype, "buffer"),
  start: getter(prototype, "byteOffset"),
  length: getter(prototype, "byteLength"),
}));
// Pages without cross-origin isolation lack the second.
const BUFFERS = ["ArrayBuffer", "SharedArrayBuffer"].filter((kind) => kind in globalThis);
const lengths = Object.fromEntries(BUFFERS.map((kind) => [kind, getter(globalThis[kind].prototype, "byteLength")]));

// Of any buffer or view of one, its bytes; else undefined.
function bytesOf(value) {
  if (ArrayBuffer.isView(value)) {
    const of = attempt(ofArrays.length, value) === undefined ? ofViews : ofArrays;
    return new Uint8Array(of.buffer(value), of.start(value), of.length(value));
  }
  const kind = kindOf(value);
  if (!BUFFERS.includes(kind) || attempt(lengths[kind], value) === undefined) return undefined;
  return new Uint8Array(value);
}

// Of any date, its milliseconds since 1970, NaN for an invalid one; else undefined.
function millisOf(value) {
  return attempt((date) => Reflect.apply(timeOf, date, []), value);
}

function attempt(ask, value) {
  try {
    return ask(value);
  } catch {
    return undefined;
  }
}

// The kind of a built-in object, `Object` for all others.
function kindOf(value) {
  return tagOf.call(value).slice(8, -1);
}

// Whether an object's class changes what its JSON is: by `toJSON`, or by an accessor.
function hides(prototype, accessors) {
  for (let each = prototype; each !== null && !isObjectPrototype(each); each = getPrototypeOf(each)) {
    for (const [name, { get, value }] of Object.entries(getOwnPropertyDescriptors(each))) {
      if ((accessors && get !== undefined) || (name === "toJSON" && typeof value === "function")) return true;
    }
  }
  return false;
}

// Whether it is the `Object.prototype` of any realm.
function isObjectPrototype(object) {
  return getPrototypeOf(object) === null && hasOwn(object, "isPrototypeOf");
}

// What the class of an object is called.
function classOf({ constructor: made }) {
  const name = typeof made === "function" ? made.name : "";
  return typeof name === "string" && name !== "" ? name : "an object of a class";
}

export { bytesOf, classOf, hides, kindOf, millisOf };
