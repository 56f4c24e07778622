/** Receives a real delivery of a webhook, and checks its signature as Pinwheel's documentation describes it. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

interface Server {
  base: string;
  secret: string;
  version: string;
}

export function signed(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const digest = createHmac("sha256", secret).update(`v2:${String(headers["x-timestamp"])}:`).update(body).digest("hex");
  const sent = Buffer.from(String(headers["x-pinwheel-signature"]));
  const wanted = Buffer.from(`v2=${digest}`);
  return sent.length === wanted.length && timingSafeEqual(sent, wanted);
}

export async function receive({ base, secret, version }: Server, account: string): Promise<Record<string, unknown>> {
  let got: (delivery: { headers: IncomingHttpHeaders; body: Buffer }) => void;
  const delivery = new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve) => (got = resolve));
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(200).end();
    got({ headers: request.headers, body: Buffer.concat(parts) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  const post = async (path: string, body: unknown): Promise<{ data: { id: string } }> => {
    const headers = { "x-api-secret": secret, "Pinwheel-Version": version, "Content-Type": "application/json" };
    const answer = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as { data: { id: string } };
  };
  const webhook = { url, status: "active", enabled_events: ["income.added"], version };
  const { data } = await post("/v1/webhooks", webhook);
  await post("/_sandbox/events", { event: "income.added", account_id: account });
  const { headers, body } = await delivery;
  await new Promise((resolve) => server.close(resolve));
  const right = signed(secret, headers, body) && !signed(secret, headers, Buffer.concat([body, Buffer.from(" ")]));
  const mine = headers["x-pinwheel-webhook-id"] === data.id && headers["pinwheel-version"] === version;
  const parsed = JSON.parse(body.toString("utf8")) as { event: string };
  const line = { operation: "a delivery", calls: 1 };
  return right && mine && parsed.event === "income.added" ? line : { ...line, refused: "not what was to be delivered" };
}
