/** Which voice reads: one of this device, of the language of the words, or none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";

const { isWrittenLike, voiceFor } = await import("../../static/js/parts/aloud.js");

const voice = (lang, localService = true, more = {}) => ({ lang, localService, ...more });

test("a voice that sends words away is never used", () => {
  assert.equal(voiceFor("en", [voice("en-GB", false), voice("en-US", false, { default: true })]), undefined);
  assert.equal(voiceFor("en", []), undefined);
  const own = voice("en-US");
  assert.equal(voiceFor("en", [voice("en-GB", false, { default: true }), own]), own);
});

test("a voice of the same region goes before the device's usual one, and that before any", () => {
  const [first, usual, british] = [voice("en-AU"), voice("en_US", true, { default: true }), voice("en_GB")];
  assert.equal(voiceFor("en-GB", [first, usual, british]), british);
  assert.equal(voiceFor("en", [first, usual, british]), usual);
  assert.equal(voiceFor("en-IE", [first, british]), first);
});

test("no voice of another language reads, but Dari is read in the voice of Farsi", () => {
  const farsi = voice("fa-IR");
  assert.equal(voiceFor("cy", [voice("en-GB"), farsi]), undefined);
  assert.equal(voiceFor("prs", [voice("en-GB"), farsi]), farsi);
  assert.equal(voiceFor("fa", [voice("prs-AF")]), undefined);
});

test("words are said only in a language whose letters they have", () => {
  assert.equal(isWrittenLike("Gran picks us up", "en-GB"), true);
  assert.equal(isWrittenLike("ما هر شب", "en-GB"), false);
  assert.equal(isWrittenLike("ما هر شب", "fa"), true);
  assert.equal(isWrittenLike("Gran", "fa"), false);
  assert.equal(isWrittenLike("7 – 3", "en"), false);
});
