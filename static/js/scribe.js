/** What whoever writes for others has, at the scribe's screen and at the desk. */

import * as analysis from "./parts/analysis.js";
import * as scribe from "./parts/scribe.js";

export const parts = [analysis, scribe];
