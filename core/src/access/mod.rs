//! Who may do what (SPEC section 2), and what a tool call is answered (SPEC section 6).

pub(crate) mod authority;
