/** The compiled module, where a bundler or runtime gives that for an import of a `.wasm` file. Others give bytes or an address. */
declare const module: WebAssembly.Module;
export default module;
