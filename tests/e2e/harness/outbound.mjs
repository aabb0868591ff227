// The proxy that a whole browser goes through: every request to every host is kept, byte by byte, whether the extension,
// a page or Chromium itself makes it. Inside TLS too: the proxy ends it with a certificate of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as forward } from "node:http";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";

const TLS_HANDSHAKE = 0x16;

/** `entries` lists what left the browser: `to` (host and port), `line` (method and address), `bytes` (all of it). */
export async function startOutbound() {
  const entries = [];
  const sockets = [];
  const identity = certificate();
  const server = createServer();
  // Requests inside a tunnel.
  const inner = createServer();

  server.on("connection", (socket) => sockets.push(socket));
  server.on("request", (incoming, outgoing) => take(incoming, outgoing, new URL(incoming.url).host));
  inner.on("request", (incoming, outgoing) => take(incoming, outgoing, incoming.socket.tunnelTo));
  for (const either of [server, inner]) {
    either.on("upgrade", (incoming, socket) => {
      keep(incoming, incoming.socket.tunnelTo ?? new URL(incoming.url).host, Buffer.alloc(0));
      socket.destroy();
    });
    either.on("clientError", (_, socket) => socket.destroy());
  }
  server.on("connect", (incoming, socket) => {
    keep(incoming, incoming.url, Buffer.alloc(0));
    incoming.socket.isTunnel = true;
    socket.on("error", () => {});
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    socket.once("data", (first) => {
      socket.pause();
      socket.unshift(first);
      const opened = first[0] === TLS_HANDSHAKE ? new TLSSocket(socket, { isServer: true, ...identity }) : socket;
      opened.tunnelTo = incoming.url;
      opened.on("error", () => {});
      inner.emit("connection", opened);
    });
  });

  function keep({ method, url, httpVersion, rawHeaders }, to, body) {
    const pairs = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}\r\n`] : []));
    const head = `${method} ${url} HTTP/${httpVersion}\r\n${pairs.join("")}\r\n`;
    entries.push({ to, line: `${method} ${url}`, bytes: Buffer.concat([Buffer.from(head, "latin1"), body]) });
  }

  async function take(incoming, outgoing, to) {
    try {
      const chunks = [];
      for await (const chunk of incoming) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      keep(incoming, to, body);
      await pass(incoming, outgoing, body);
    } catch {
      outgoing.destroy();
    }
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    entries,
    /** How many bytes came outside of tunnels, by the system's count. */
    received: () => sockets.filter(({ isTunnel }) => !isTunnel).reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    /** How many of them `entries` has. */
    kept: () => entries.filter(isPlain).reduce((sum, { bytes }) => sum + bytes.length, 0),
    stop: () => {
      const closed = new Promise((done) => server.close(done));
      // Tunnels are no connections of the server any more, but it waits for them; nobody wakes one that is paused.
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

const isPlain = ({ line }) => / http:\/\//.test(line);

/** To servers of this machine alone; everything else is out of reach. */
async function pass({ method, url, headers: { "proxy-connection": _ofTheProxy, ...headers } }, outgoing, body) {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !/^127\.0\.0\.1$|\.test$/.test(address.hostname)) {
    outgoing.writeHead(502).end();
    return;
  }
  const passed = forward({ host: "127.0.0.1", port: address.port || 80, method, path: address.pathname + address.search, headers });
  passed.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  passed.on("error", () => outgoing.destroy());
  passed.end(body);
}

function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "punchout-tls-"));
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => join(folder, name));
  const subject = ["-subj", "/CN=*.test", "-addext", "subjectAltName=DNS:*.test"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", ...subject, "-keyout", key, "-out", cert], { stdio: "pipe" });
  const identity = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return identity;
}
