// A certified OpenID provider in place of Microsoft Entra ID: npm's oidc-provider, with its origin check on.
//
// Like Entra it takes a code only from a public client with PKCE, refuses a token request from an origin that is not
// the client's, and gives one token for each API. Unlike Entra it wants RFC 8707 resource indicators for that.
import { createServer } from "node:http";
import { once } from "node:events";
import Provider from "oidc-provider";

export const BC = { audience: "https://bc.test/", scope: "Financials.ReadWrite.All" };
export const CREDITS = { audience: "https://credits.test/", scope: "Credits.Use" };
export const CLIENT_ID = "punchout-extension";
export const TENANT = "0f5c1a6e-3f0b-4b7e-9a53-6a1a4f1f0c11";

/** Starts the provider. `accessTokenSeconds` and `sessionSeconds` make tokens and sessions expire early where a test wants that. */
export async function startAuthority(extensionId, { accessTokenSeconds = 3600, sessionSeconds = 24 * 3600 } = {}) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(extensionId, accessTokenSeconds, sessionSeconds));
  const requests = [];
  const bytes = [];
  server.on("connection", (socket) => socket.on("data", (chunk) => bytes.push(chunk)));
  const handle = provider.callback();
  server.on("request", (request, response) => {
    requests.push({ method: request.method, path: new URL(request.url, issuer).pathname, origin: request.headers.origin });
    handle(request, response);
  });
  return { issuer, requests, received: () => Buffer.concat(bytes).toString("utf8"), stop: () => new Promise((done) => server.close(done).closeAllConnections()) };
}

function configuration(extensionId, accessTokenSeconds, sessionSeconds) {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        redirect_uris: [`https://${extensionId}.chromiumapp.org/`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
      },
    ],
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin) => origin === `chrome-extension://${extensionId}`,
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, tid: TENANT }),
    }),
    claims: { openid: ["sub"], profile: ["preferred_username", "tid"] },
    conformIdTokenClaims: false,
    extraTokenClaims: (_context, token) => ({ tid: TENANT, preferred_username: token.accountId }),
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    ttl: { AccessToken: accessTokenSeconds, RefreshToken: sessionSeconds, Session: sessionSeconds, Grant: 24 * 3600, Interaction: 600, IdToken: 600 },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, resource) => resourceServer(resource),
        useGrantedResource: () => true,
      },
    },
    cookies: { keys: ["only for tests"] },
  };
}

function resourceServer(resource) {
  const api = [BC, CREDITS].find(({ audience }) => audience === resource);
  if (!api) throw new Error(`no such API: ${resource}`);
  return { audience: api.audience, scope: api.scope, accessTokenFormat: "jwt", jwt: { sign: { alg: "RS256" } } };
}
