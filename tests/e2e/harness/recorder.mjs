// A reverse proxy that keeps every byte of every request, so that a test can say what a server has received; that can stop
// a request at a place of its way, so that a test can act just there; and that can be unplugged.
import { createServer, request as forward } from "node:http";
import { once } from "node:events";

/** Where a request can be stopped: before the server has it, before its answer goes back, once its answer is sent. */
export const ARRIVED = "arrived";
export const DONE = "done";
export const ANSWERED = "answered";

/** Stands in front of `target`; `requests` lists what came through. */
export async function startRecorder(target) {
  const requests = [];
  const stops = new Set();
  const line = { plugged: true };
  const server = createServer((incoming, outgoing) => {
    // Whoever asked may be gone at any moment.
    const passing = line.plugged ? pass(incoming, outgoing) : Promise.reject();
    passing.catch(() => incoming.destroy());
  });

  async function pass(incoming, outgoing) {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const entry = { method: incoming.method, url: incoming.url, rawHeaders: incoming.rawHeaders, body: body.toString("utf8") };
    requests.push(entry);
    await stopped(ARRIVED, entry);
    const answer = await sent(target, incoming, body);
    entry.status = answer.statusCode;
    await stopped(DONE, entry);
    outgoing.writeHead(answer.statusCode, answer.headers);
    outgoing.once("finish", () => stopped(ANSWERED, entry));
    answer.pipe(outgoing);
  }

  /** Waits as long as a stop at this place says. A request that is lost is an error. */
  async function stopped(place, entry) {
    const stop = [...stops].find((stop) => stop.place === place && stop.matches(entry));
    if (!stop) return;
    stops.delete(stop);
    stop.reached(entry);
    await stop.goesOn;
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    requests,
    /** Stops the next request that matches: it has come there when `reached` is, and is held until `go` or `lose`. */
    stopAt(place, matches) {
      const stop = { place, matches };
      const reached = new Promise((resolve) => (stop.reached = resolve));
      stop.goesOn = new Promise((resolve, reject) => Object.assign(stop, { go: resolve, lose: () => reject(new Error("lost")) }));
      stops.add(stop);
      return { reached, go: stop.go, lose: stop.lose };
    },
    /** Cuts every connection, and every new one. */
    unplug() {
      line.plugged = false;
      server.closeAllConnections();
    },
    plugIn() {
      line.plugged = true;
    },
    stop: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
}

function sent(target, { method, url, headers }, body) {
  return new Promise((resolve, reject) => {
    const passed = forward(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } }, resolve);
    passed.on("error", reject);
    passed.end(body);
  });
}
