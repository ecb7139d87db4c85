/** How long an answer is as it is sent. */

/** In bytes, whatever number or words are in it: the longest reason of the widest letters still fits. */
export const RATING_BYTES = 2048;
