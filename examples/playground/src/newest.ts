/** Runs a task for the newest value only: what comes while it runs waits, and of what waits the last one counts. */
export function newest<T>(task: (value: T) => Promise<void>): (value: T) => void {
  let waiting: { value: T } | null = null;
  let busy = false;
  return async (value) => {
    waiting = { value };
    if (busy) return;
    busy = true;
    while (waiting) {
      const next: { value: T } = waiting;
      waiting = null;
      await task(next.value).catch((fault: unknown) => console.error(fault));
    }
    busy = false;
  };
}
