// Text as bytes and back. jest's jsdom has neither class, but Node's `process`.
const { TextDecoder, TextEncoder } = "TextDecoder" in globalThis ? globalThis : globalThis.process.getBuiltinModule("node:util");

export { TextDecoder, TextEncoder };
