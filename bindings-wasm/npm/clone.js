// `structuredClone` and `postMessage` would make an empty object of an instance, without a word. They copy own members
// and throw at functions: so it has one.
function notCloned(instance) {
  Object.defineProperty(instance, "uncloneable", { value: uncloneable, enumerable: true });
}

function uncloneable() {
  return "an instance of tenantry cannot be cloned: send its snapshot(), and restore that";
}

export { notCloned };
