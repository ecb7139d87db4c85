/** Filling, so that what is sent is as long whatever is in it. It knows nothing of what that is. */

const pen = new TextEncoder();

/** How many bytes a frame takes on the wire. @param {Record<string, any>} frame */
function bytesOf(frame) {
  return pen.encode(JSON.stringify(frame)).length;
}

/**
 * The frame with a `pad` that makes it `bytes` long as it is sent, or the next multiple where its words are longer than that.
 * @template {Record<string, any>} T @param {T} frame @param {number} bytes @returns {T & {pad: string}}
 */
export function padded(frame, bytes) {
  const bare = { ...frame, pad: "" };
  const over = bytesOf(bare) % bytes;
  return { ...bare, pad: ".".repeat(over ? bytes - over : 0) };
}
