/** What a board needs once there is more than cards: numbers, worries and goals, next steps, and who agrees. */

import * as agreements from "./parts/agreements.js";
import * as decisions from "./parts/decisions.js";
import * as scales from "./parts/scales.js";
import * as sets from "./parts/sets.js";
import * as steps from "./parts/steps.js";

export const parts = [sets, steps, decisions, scales, agreements];
