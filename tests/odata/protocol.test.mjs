// An OData v4 server that nobody here wrote, SAP's @sap/cds, takes the extension's own requests, and the extension's own
// code reads its answers. It checks the protocol, not Business Central's behaviour: its error codes are its own.
import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { start } from "./server.mjs";

const CLIENT = process.env.PUNCHOUT_ODATA_CLIENT;
const COMPANY = "a1b2c3d4-0001-4000-8000-000000000001";
const CAPTURE = "07070707-0707-4707-8707-070707070707";

let server;
let requests;

/** What the core prints. */
function core(words, answer) {
  const input = answer && JSON.stringify(answer);
  return JSON.parse(execFileSync(CLIENT, words, { input, encoding: "utf8" }));
}

async function send({ method, url, headers, body }) {
  const answer = await fetch(url, { method, headers, body: body ?? undefined });
  return { status: answer.status, body: await answer.text() };
}

const list = async (name) => JSON.parse((await send(requests[name])).body).value;

before(async () => {
  server = await start();
  requests = core(["requests", server.base, COMPANY]);
  await server.add("companies", { id: COMPANY, name: "Alpenblick AG", displayName: "Alpenblick Werkzeuge AG" });
  const within = (set) => `companies(${COMPANY})/${set}`;
  for (const number of ["V1", "V2", "V3", "V4", "V5", "V6", "V7"]) {
    await server.add(within("vendors"), { number, displayName: `Vendor ${number}`, currencyCode: "", blocked: " " });
  }
  await server.add(within("worksheets"), { worksheetTemplateName: "REQ.", name: "DEFAULT", description: "Default" });
  for (const type of ["Inventory", "Non-Inventory"]) {
    await server.add(within("items"), { number: type.toUpperCase(), displayName: type, type, blocked: false });
  }
  for (const host of ["o'hara.test", "other.test"]) {
    await server.add(within("supplierSetups"), { host, vendorNumber: "V1", taxBasis: "Net", taxPercent: 8.1 });
  }
  for (const [vendorNumber, supplierPartId] of [["V'1", "O'Hara|42"], ["V'1", "A & B"], ["V'1", "other"], ["V2", "A & B"]]) {
    await server.add(within("itemMatches"), { vendorNumber, supplierPartId, itemNumber: "1000", matchedBy: "GTIN" });
  }
});

after(() => server?.stop());

test("a capture is inserted, and its text arrives as it was sent", async () => {
  const answer = await send(requests.post);
  assert.equal(answer.status, 201, answer.body);
  assert.match(core(["capture"], answer), /^Stored\(Receipt/);
  const read = await send(requests.read);
  assert.equal(read.status, 200);
  const [stored, sent] = [JSON.parse(read.body), JSON.parse(requests.post.body)];
  assert.equal(stored.id, CAPTURE);
  for (const property of Object.keys(sent).filter((name) => name !== "capturedAt")) {
    assert.deepEqual(stored[property], sent[property], property);
  }
  assert.equal(Date.parse(stored.capturedAt), Date.parse(sent.capturedAt));
});

test("a capture is read by its key", async () => {
  await send(requests.post);
  assert.match(core(["capture"], await send(requests.read)), /^Stored\(Receipt/);
});

// The driver without native code answers 500 here, and Business Central 400: either way the client must not go on blindly.
test("a second insert of the same key changes nothing, and is not taken for a first", async () => {
  await send(requests.post);
  const again = await send(requests.post);
  assert.ok(again.status >= 400, `${again.status}`);
  assert.match(core(["capture"], again), /^(Unknown|Refused|AlreadyThere)/);
  assert.match(core(["capture"], await send(requests.read)), /^Stored\(Receipt/);
});

test("companies and worksheets are listed", async () => {
  assert.deepEqual((await list("companies")).map(({ id }) => id), [COMPANY]);
  assert.deepEqual((await list("worksheets")).map(({ name }) => name), ["DEFAULT"]);
});

test("filters with quotes, bars and ampersands find exactly what they name", async () => {
  assert.deepEqual((await list("catchAllItems")).map(({ type }) => type), ["Non-Inventory"]);
  assert.deepEqual((await list("supplierSetups")).map(({ host }) => host), ["o'hara.test"]);
  const parts = (await list("itemMatches")).map(({ supplierPartId }) => supplierPartId);
  assert.deepEqual(parts.sort(), ["A & B", "O'Hara|42"]);
});

test("a list of several pages is followed to its end", async () => {
  const numbers = [];
  let request = requests.vendors;
  let pages = 0;
  while (request) {
    const page = core(["vendors"], await send(request));
    numbers.push(...page.numbers);
    pages += 1;
    // This server's links are relative to the service; Business Central's are absolute.
    request = page.next && core(["next", server.base, `${server.route}/${page.next}`]);
  }
  assert.deepEqual(numbers.sort(), ["V1", "V2", "V3", "V4", "V5", "V6", "V7"]);
  assert.equal(pages, 3);
});

test("an error's envelope is read: code and message", async () => {
  const absent = { ...requests.read, url: requests.read.url.replace(CAPTURE, CAPTURE.replaceAll("7", "8")) };
  const answer = await send(absent);
  assert.equal(answer.status, 404);
  assert.match(core(["capture"], answer), /^Refused\(Refusal .*message: "[^"]+"/);
  const malformed = JSON.parse(requests.post.body);
  const wrong = await send({ ...requests.post, body: JSON.stringify({ ...malformed, lineCount: "many" }) });
  assert.equal(wrong.status, 400);
  assert.match(core(["capture"], wrong), /^Refused\(Refusal .*Integer/);
});
