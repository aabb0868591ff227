// A reverse proxy that keeps every byte of every request, so that a test can say what a server has received; and that
// can be unplugged.
import { createServer, request as forward } from "node:http";
import { once } from "node:events";

/** Stands in front of `target`; `requests` lists what came through. */
export async function startRecorder(target) {
  const requests = [];
  const line = { plugged: true };
  const server = createServer(async (incoming, outgoing) => {
    if (!line.plugged) return incoming.destroy();
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const entry = { method: incoming.method, url: incoming.url, rawHeaders: incoming.rawHeaders, body: body.toString("utf8") };
    requests.push(entry);
    const passed = forward(
      new URL(incoming.url, target),
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } },
      (answer) => {
        entry.status = answer.statusCode;
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
      },
    );
    passed.on("error", () => outgoing.destroy());
    passed.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    requests,
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
