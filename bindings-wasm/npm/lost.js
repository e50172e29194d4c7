// What happens when the core breaks off: it found no memory, or the host's own calls left it too little stack.
// Its state is then unknown, and all instances share its memory. So all of them are lost, and say so; the core
// restarts with an empty memory, and the package goes on working.
import { __wbg_reset_state, broken_off, command_depth } from "./tenantry.js";

const MESSAGE = "this Tenantry is no longer usable: an earlier call ran out of memory or stack; restore it from a snapshot";
const { RuntimeError } = WebAssembly;

class InstanceLostError extends Error {
  constructor(options) {
    super(MESSAGE, options);
  }
}

Object.defineProperty(InstanceLostError.prototype, "name", { value: "InstanceLostError", writable: true, configurable: true });

let generation = 0; // how often it has restarted
let ready = true;
let inCall = false; // No JavaScript runs while the core does: seen by any, this call has not come back.

// The generation that instances which are made now belong to.
function current() {
  if (inCall) look();
  if (!ready) begin();
  return generation;
}

function begin() {
  __wbg_reset_state();
  ready = true;
}

function enter() {
  inCall = true;
}

function leave() {
  inCall = false;
}

// Gives back what a call threw, or what stands for it where the core has broken off. Where even this finds no
// stack, the next call sees to it.
function broken(error) {
  if (!inCall) return error;
  if (!(error instanceof RuntimeError || within())) {
    inCall = false;
    return error;
  }
  if (!loaded()) {
    inCall = false;
    return new Error("tenantry has no WebAssembly module yet: call `initialize` from `tenantry/manual` first");
  }
  lose();
  return new InstanceLostError({ cause: error });
}

function look() {
  if (within()) lose();
  inCall = false;
}

function lose() {
  generation += 1;
  ready = false;
  inCall = false;
}

function within() {
  try {
    return broken_off();
  } catch {
    return true;
  }
}

function loaded() {
  try {
    return command_depth() > 0;
  } catch {
    return false;
  }
}

export { broken, current, enter, InstanceLostError, leave };
