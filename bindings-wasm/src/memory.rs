//! WebAssembly's memory: blocks are wiped when freed, and it grows in large steps.
//!
//! Passwords pass through here: as they came in, as parts of what was parsed, and wherever a buffer has moved to when
//! it grew. The allocator sees them all. And each growth gives JavaScript a new `ArrayBuffer` of the whole memory:
//! with the 64 KiB steps of Rust's own allocator, its collector would be busy with nothing else.

use std::alloc::{GlobalAlloc, Layout, System};
use std::arch::wasm32::memory_size;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Bytes of a page, the unit in which memory grows.
const PAGE: usize = 1 << 16;
/// Memory grows by this part of itself …
const PART: usize = 4;
/// … and by so many pages at least.
const LEAST: usize = 16;

struct Memory;

#[global_allocator]
static MEMORY: Memory = Memory;

/// The size in pages after the last growth.
static SIZE: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator has no other way; it hands everything on to the system's")]
// SAFETY: each block is one of `System`'s, of the layout that was asked for.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps to this very contract.
        let block = unsafe { System.alloc(layout) };
        if memory_size(0) != SIZE.load(Relaxed) {
            grow();
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is the caller's, as large as the layout says, and nobody looks at it any more.
        unsafe {
            block.write_bytes(0, layout.size());
            System.dealloc(block, layout);
        }
    }
}

/// Memory has grown by as little as one block needed. Allocates and frees a larger one, so that the room stays.
#[expect(unsafe_code, reason = "the allocator's own")]
fn grow() {
    let more = (memory_size(0) / PART).max(LEAST) * PAGE;
    if let Ok(layout) = Layout::from_size_align(more, 1) {
        // SAFETY: the size is not zero; the block is given back untouched. Without room, it is null and skipped.
        unsafe {
            let ahead = System.alloc(layout);
            if !ahead.is_null() {
                System.dealloc(ahead, layout);
            }
        }
    }
    SIZE.store(memory_size(0), Relaxed);
}
