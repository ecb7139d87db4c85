import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { finder } from "../../static/js/parts/plainwords.js";

/** Our own list, read as far as its form goes. */
const SOURCE = readFileSync(new URL("../../server/practice/plain.toml", import.meta.url), "utf8");
const LIST = SOURCE.split("[[plain]]")
  .slice(1)
  .map((entry) => ({
    terms: JSON.parse(/^terms = (.*)$/m.exec(entry)[1]),
    plain: JSON.parse(/^plain = (.*)$/m.exec(entry)[1]),
    unless: JSON.parse(/^unless = (.*)$/m.exec(entry)?.[1] ?? "[]"),
  }));
const find = finder(LIST);
const terms = (text) => find(text).map((one) => one.term);

test("every term of the list is found, at the start, in the middle and at the end", () => {
  assert.equal(LIST.length, 88);
  for (const { terms: all, plain } of LIST) {
    for (const term of all) {
      for (const text of [term, `They said ${term} to her`, `${term}, then`, `(${term})`])
        assert.ok(
          find(text).some((one) => one.plain === plain),
          `${term} in ${text}`,
        );
    }
  }
});

test("a short name counts as it is written, other words however they are", () => {
  assert.deepEqual(terms("He is a LAC child, and two LACs"), ["LAC"]);
  assert.deepEqual(terms("the lac de Garde, a pep talk, iso, pr"), []);
  assert.deepEqual(terms("PLACEMENT and placement"), ["PLACEMENT"]);
  assert.deepEqual(terms("the cp chair"), []);
  assert.deepEqual(terms("the CP chair"), ["CP chair"]);
});

test("only whole words count, one or many", () => {
  assert.deepEqual(terms("a replacement, the showcase, contacted, misplacements"), []);
  assert.deepEqual(terms("two placements, a sibling, her peers’ things"), ["placements", "sibling", "peers"]);
  assert.deepEqual(terms("multi agency, multi-agency"), ["multi agency"]);
});

test("of two that overlap the longer one counts, and each entry once", () => {
  assert.deepEqual(terms("the contact centre"), ["contact centre"]);
  assert.deepEqual(terms("a family group conference"), ["family group conference"]);
  assert.deepEqual(terms("the threshold, a high threshold"), ["threshold"]);
});

test("an ordinary turn of phrase is no term", () => {
  assert.deepEqual(terms("In case it rains, contact me. Her case is closed."), ["case"]);
  assert.deepEqual(terms("just in case"), []);
});

test("nothing is found in plain words, and a text may hold anything", () => {
  assert.deepEqual(terms("Gran picks us up on Fridays."), []);
  assert.deepEqual(terms(""), []);
  assert.deepEqual(terms("ما هر شب با هم غذا می‌خوریم (.*) \\ 😀"), []);
  assert.deepEqual(finder([])("LAC"), []);
});
