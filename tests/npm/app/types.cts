// Compiled, never run: the shipped types resolve for CommonJS.
import tenantry = require("tenantry");
import manual = require("tenantry/manual");

const text: string = tenantry.version();
manual.initialize(new Uint8Array());
export = text;
