// Puts functions that are alike beside each other: node wasm_order.mjs IN.wasm OUT.wasm
//
// gzip looks back 32 kB and no farther, and the compiler's copies of one generic function stand all over the code. The
// order of functions means nothing to the wasm, so it is chosen for gzip: each is followed by the one, of those left, that
// shares most short byte sequences with it. Nothing but the order and the indices that name functions is changed.

import { readFileSync, writeFileSync } from "node:fs";
import { moved, read } from "./wasm_module.mjs";

/** Bytes of a sequence that counts as shared. */
const GRAM = 4;
/** A sequence in more functions than this says nothing. */
const COMMON = 1500;

const gramsOf = (bytes) => {
  const grams = new Set();
  for (let at = 0; at + GRAM <= bytes.length; at += 1) grams.add(bytes.toString("latin1", at, at + GRAM));
  return grams;
};

/** For each place in the code, the function that comes there. */
function orderOf(bodies) {
  const grams = bodies.map(gramsOf);
  const holders = new Map();
  grams.forEach((own, index) => {
    for (const gram of own) holders.get(gram)?.push(index) ?? holders.set(gram, [index]);
  });
  const left = new Set(bodies.keys());
  const order = [];
  let next = left.values().next().value;
  while (next !== undefined) {
    order.push(next);
    left.delete(next);
    next = likest(next, grams, holders, left) ?? left.values().next().value;
  }
  return order;
}

function likest(index, grams, holders, left) {
  const shared = new Map();
  for (const gram of grams[index]) {
    const own = holders.get(gram);
    if (own.length > COMMON) continue;
    for (const other of own) if (left.has(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  let best;
  let most = 0;
  for (const [other, count] of shared) {
    const likeness = count / (grams[index].size + grams[other].size - count);
    if (likeness > most || (likeness === most && other < best)) [best, most] = [other, likeness];
  }
  return best;
}

const [from, to] = process.argv.slice(2);
const module = read(readFileSync(from));
const ordered = moved(module, orderOf(module.bodies));
if (!WebAssembly.validate(ordered)) throw new Error(`${from} does not hold together once its functions are moved`);
writeFileSync(to, ordered);
