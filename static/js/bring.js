/**
 * Brings what a page began without, however often that takes. A browser may remember an address that failed, so each try has one of
 * its own. Where a newer server has these files no more, loading the page anew is what helps.
 */

import { keep, recall } from "./device.js";
import { notice } from "./paint.js";
import { holds, lasts } from "./vault.js";
import { t } from "./words.js";

const TRIES = 4;
const FIRST_WAIT_MS = 1_000;
const WITHIN_MS = 20_000;
const ANEW = "sb.anew";
const ANEW_AT_MOST_EVERY_MS = 60_000;

/** Rejects once it was tried often enough. @template T @param {(again: number) => Promise<T>} bring @returns {Promise<T>} */
export async function surely(bring) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await Promise.race([bring(tries), late()]);
    } catch (error) {
      if (tries + 1 === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** tries));
    }
  }
}

/** What could not be brought is missed: load the page anew where that loses no words, and not again and again; else say so. */
export function anew() {
  const rests = Date.now() - Number(recall(ANEW) ?? 0) > ANEW_AT_MOST_EVERY_MS;
  if (!rests || (holds() && !lasts())) {
    notice(t("Part of this page did not come through. Please reload the page."));
    return;
  }
  keep(ANEW, String(Date.now()));
  location.reload();
}

/** @returns {Promise<never>} */
function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("nothing came")), WITHIN_MS));
}
