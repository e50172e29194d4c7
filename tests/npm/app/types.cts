// Compiled, never run: the shipped types resolve for CommonJS.
import tenantry = require("tenantry");

const text: string = tenantry.version();
export = text;
