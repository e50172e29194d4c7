//! What worlds weigh, by an allocator that counts what is held.
#![expect(unsafe_code, reason = "an allocator is unsafe by its nature; this one only counts")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tenantry::{Options, Tenantry};
use tenantry_benches::World;

struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Relaxed) + layout.size();
        MOST.fetch_max(held, Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// What a thing weighs, and what was held at most while it was made.
fn weigh<T>(title: &str, make: impl FnOnce() -> T) -> T {
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let made = make();
    let (held, most) = (HELD.load(Relaxed) - before, MOST.load(Relaxed) - before);
    println!("  {title:<56} {:>8.1} MB, at most {:>8.1} MB", megabytes(held), megabytes(most));
    made
}

fn main() {
    println!("memory");
    let world = weigh("10,000 users × 10 credentials, by commands", || World::new(10_000, 10).tenantry);
    let text = weigh("its snapshot", || world.snapshot());
    drop(world);
    drop(weigh("the same, restored", || Tenantry::restore(&text, Options::default()).unwrap()));
    drop(text);
    drop(weigh("1,000,000 users × 2 credentials, by commands", || World::new(1_000_000, 2).tenantry));
}
