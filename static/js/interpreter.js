/** What is only on an interpreter's screen. */

import * as translations from "./parts/translations.js";

export const parts = [translations];
