/**
 * Takes the steps of a plan with a generated client whose answers zod checks: node drive.js PLAN.
 * Prints one JSON object a step: how many calls it took, and what was refused.
 */
import { readFileSync } from "node:fs";
import { client } from "./client/client.gen.js";
import * as sdk from "./client/sdk.gen.js";
import { receive } from "./deliveries.js";

type Values = Record<string, unknown>;
interface Step {
  operation: string;
  arguments: Values;
  body: unknown;
  status: number;
  in_path: string[];
  pages: boolean;
  bearer?: string;
  keep: Record<string, string>;
}
interface Plan {
  base: string;
  secret: string;
  version: string;
  account: string;
  steps: Step[];
}
interface Answer {
  data?: unknown;
  error?: unknown;
  response?: Response;
}
type Operation = (options: unknown) => Promise<Answer>;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");
const operations = new Map(Object.entries(sdk).map(([name, call]) => [plain(name), call as unknown as Operation]));
const kept: Values = {};

/** What an earlier step kept stands in the plan as "$name". */
function filled(value: unknown): unknown {
  if (typeof value === "string" && value.startsWith("$")) return kept[value.slice(1)];
  if (Array.isArray(value)) return value.map(filled);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner)]));
}

function at(document: unknown, pointer: string): unknown {
  const names = pointer.split("/").slice(1);
  return names.reduce<unknown>((found, name) => (found as Values | null | undefined)?.[name], document);
}

async function take(step: Step, plan: Plan): Promise<Values> {
  const operation = operations.get(plain(step.operation));
  if (operation === undefined) return { operation: step.operation, calls: 0, refused: "the client has no such call" };
  let calls = 0;
  let cursor: unknown;
  do {
    const { "Pinwheel-Version": version, ...given } = filled(step.arguments) as Values;
    const path = Object.fromEntries(Object.entries(given).filter(([name]) => step.in_path.includes(name)));
    const query = Object.fromEntries(Object.entries(given).filter(([name]) => !step.in_path.includes(name)));
    if (cursor) query["cursor"] = cursor;
    const { data, error, response } = await operation({
      auth: step.bearer === undefined ? plan.secret : String(kept[step.bearer]),
      headers: { "Pinwheel-Version": version },
      ...(step.body === null ? {} : { body: filled(step.body) }),
      ...(step.in_path.length > 0 ? { path } : {}),
      ...(Object.keys(query).length > 0 ? { query } : {}),
    });
    calls += 1;
    if (response?.status !== step.status || (step.status < 300 && error !== undefined)) {
      const why = error instanceof Error ? error.message : JSON.stringify(error);
      return { operation: step.operation, calls, refused: `${response?.status ?? "not sent"}: ${why}` };
    }
    for (const [name, pointer] of Object.entries(step.keep)) kept[name] = at(data, pointer);
    cursor = at(data, "/meta/next_cursor");
  } while (step.pages && cursor);
  return { operation: step.operation, calls };
}

const plan = JSON.parse(readFileSync(process.argv[2] ?? "plan.json", "utf8")) as Plan;
client.setConfig({ baseUrl: plan.base });
console.log(JSON.stringify(await receive(plan, plan.account)));
for (const step of plan.steps) console.log(JSON.stringify(await take(step, plan)));
