// The host's randomness, sixteen bytes a call.

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

export { entropy };
