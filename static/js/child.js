/** What is only on a child's screen. */

import * as child from "./parts/child.js";
import * as goodbye from "./parts/goodbye.js";
import * as unsafe from "./parts/unsafe.js";

export const parts = [child, unsafe, goodbye];
