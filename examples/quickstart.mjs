// The quick start in JavaScript.
import { version } from "tenantry";

console.log(version());
