/** What is only on the screens of people who work with the family. */

import * as plain from "./parts/plain.js";

export const parts = [plain];
