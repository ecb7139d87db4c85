/** What is only on the facilitator's screen. */

import * as desk from "./parts/desk.js";

export const parts = [desk];
