//! What work costs, counted: the bytes that it allocates, which are the same on every machine.
#![expect(unsafe_code, reason = "an allocator is unsafe by its nature; this one only counts")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    /// Of this thread only, since tests run beside one another.
    static ALLOCATED: Cell<u64> = const { Cell::new(0) };
}

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.set(ALLOCATED.get() + layout.size() as u64);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What work gives, and how many bytes it has allocated meanwhile, freed or not.
pub fn counted<T>(work: impl FnOnce() -> T) -> (T, u64) {
    let before = ALLOCATED.get();
    let made = work();
    (made, ALLOCATED.get() - before)
}

/// Asserts that the cost of work grows no faster than its input, which grows tenfold from one to the next; up to a
/// factor of two, since lists grow by doubling.
#[track_caller]
pub fn assert_linear(what: &str, costs: &[u64]) {
    for pair in costs.windows(2) {
        assert!(pair[1] <= pair[0] * 20, "{what}: {costs:?}");
    }
}
