// A sign-in server that refuses everybody in the way of Microsoft Entra ID.
import { once } from "node:events";
import { createServer } from "node:http";
import { EXTENSION_ID } from "./browser.mjs";

/** Starts it. `error` is OAuth's word, `description` Entra's, which begins with its number. */
export async function refusingEntra(error, description) {
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url, "http://entra");
    const back = new URL(`https://${EXTENSION_ID}.chromiumapp.org/`);
    back.searchParams.set("error", error);
    back.searchParams.set("error_description", description);
    back.searchParams.set("state", searchParams.get("state"));
    response.writeHead(302, { location: back.href }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close().closeAllConnections() };
}
