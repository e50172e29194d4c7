// The package for all who import it, but for edge runtimes: the core comes within the modules and starts at once, so that no
// bundler has to move a file and no importer has to wait.
import { start } from "./start.js";
import { unpack } from "./unpack.js";

start(unpack());

export * from "./api.js";
