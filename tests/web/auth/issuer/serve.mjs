// A real OpenID issuer for the tests: node serve.mjs PORT ADDRESS_OF_THE_ANSWER. Whoever types an address is that person;
// what stands before the first dot of it is their only group.
import Provider from "oidc-provider";

const [port, answer] = process.argv.slice(2);
const CLIENT = { client_id: "recognition", client_secret: "only-these-tests-know-this-client-secret" };

function claims(id) {
  const groups = [id.split(".")[0]];
  return { sub: id, email: id, email_verified: !id.includes("unconfirmed"), name: "Somebody Known", groups };
}

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ ...CLIENT, redirect_uris: [answer], grant_types: ["authorization_code"], response_types: ["code"] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({ accountId: id, claims: () => claims(id) }),
});
provider.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
