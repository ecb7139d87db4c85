/** The projected screen. */

import { begin } from "./main.js";
import * as second from "./parts/second.js";
import * as wall from "./parts/wall.js";
import * as agreed from "./parts/wallagreed.js";

void begin([wall, agreed, second]);
