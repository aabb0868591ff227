// SAP's OData server with entities of the app's shape, as a process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ROUTE = "/v2.0/tenant/production/api/punchout/procurement/v1.0";

/** Starts the server on a free port. */
export async function start() {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const server = spawn(process.execPath, ["node_modules/@sap/cds/bin/serve.js", "server/service.cds", "--in-memory", "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const origin = await listening(server);
  return {
    base: `${origin}/v2.0/tenant`,
    route: `${origin}${ROUTE}`,
    /** Adds an entity, as no client of ours does. */
    async add(path, entity) {
      const answer = await fetch(`${origin}${ROUTE}/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(entity),
      });
      if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
    async stop() {
      server.kill();
      await once(server, "exit");
    },
  };
}

async function listening(server) {
  let said = "";
  for await (const line of createInterface({ input: server.stdout })) {
    said += `${line}\n`;
    const found = line.match(/server listening on \{ url: '([^']+)' \}/);
    if (!found) continue;
    server.stdout.resume();
    return found[1].replace("localhost", "127.0.0.1");
  }
  throw new Error(`the server did not start:\n${said}`);
}
