// Faults of what came in, and where they are: a place is a key, the place around it, and how many levels are left below.

// Where a value is wrong, and why. It is the program's own mistake if no JSON text could hold the value, or if only the
// program can have handed it in; else it is the sender's.
class Fault {
  #own = true;

  constructor(pointer, message, isHosts, cause) {
    this.pointer = pointer;
    this.message = message;
    this.isHosts = isHosts;
    this.cause = cause;
  }

  // `instanceof` would ask the host's own code, where a proxy was thrown.
  static is(thrown) {
    return typeof thrown === "object" && thrown !== null && #own in thrown;
  }
}

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

// The sender's fault, or the program's own in arguments that only the program hands in.
function refuse(here, key, message) {
  throw new Fault(pointer(key === undefined ? here : place(here, key)), message, root(here).isHosts);
}

// A value that no JSON text can have is always the program's fault.
function misuse(here, key, message, cause) {
  throw new Fault(pointer(key === undefined ? here : place(here, key)), message, true, cause);
}

function tooLarge(here) {
  const whole = root(here);
  refuse(whole, undefined, whole.tooLarge);
}

export { Fault, misuse, place, refuse, root, tooLarge };
