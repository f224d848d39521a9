interface Action {
  [name: string]: unknown;
}

const found = { reorder_products: 4, hold_inventory: 5, mark_down: 6 };

/** A script for the example's agents: they look for products, plan these actions under this id and execute the plan. */
export function planAndExecute(planId: string, actions: Action[] = juneActions, answer = "The plan was executed."): string {
  const planner = script([
    { tools: ["markdown", "reordering", "seasonal-holds"].map((name) => call("get_document", { id: `document:retail:${name}.md` })) },
    {
      tools: [
        call("find_low_cover", { category: "Running Shoes", maxDaysOfCover: 14, limit: 8 }),
        call("find_overstock", { category: "Snowshoes", limit: 15 }),
        call("find_slow_movers", { category: "Winter Boots", limit: 60 }),
      ],
    },
    call("store_plan", {
      specName: "InventoryPlan",
      planId,
      body: {
        rationale: "Winter boots do not sell in summer, the shoes run out, and snowshoes come back in October.",
        sources: ["document:retail:markdown.md", "document:retail:reordering.md", "document:retail:seasonal-holds.md"],
        actions: actions.map((action) => ({ ...action, products: { kind: "ProductSet", id: { $result: found[action["kind"] as keyof typeof found], path: "/id" } } })),
      },
    }),
    { text: `${planId} is stored.` },
  ]);
  const executor = script([call("get_plan", { planId }), call("execute_plan", { planId }), { text: "Executed." }]);
  return script([call("call_agent", { agent: "planner", prompt: planner }), call("call_agent", { agent: "executor", prompt: executor }), { text: answer }]);
}

/** A script for the foreman of the dock: the planner plans these actions, the executor executes them. */
export function shipAndTell(planId: string, actions: Action[], answer = "All is shipped."): string {
  const planner = script([call("store_plan", { specName: "ShippingPlan", planId, body: { rationale: "They wait for it.", actions } }), { text: "It is planned." }]);
  const executor = script([call("execute_plan", { planId }), { text: "Executed." }]);
  return script([call("call_agent", { agent: "planner", prompt: planner }), call("call_agent", { agent: "executor", prompt: executor }), { text: answer }]);
}

/** A prompt for the agent that talks: how many numbered words, how many in a second, and before which a test holds it or the connection breaks. */
export function talk(words: number, how: { perSecond?: number; holdAt?: number; breakAt?: number } = {}): string {
  return JSON.stringify({ words, ...how });
}

/** A script of the agent of the lab. */
export function script(steps: object[]): string {
  return JSON.stringify({ script: steps });
}

export function call(tool: string, args: object): object {
  return { tool, args };
}

const juneActions: Action[] = [
  { kind: "reorder_products", quantityPerProduct: 24 },
  { kind: "hold_inventory", reason: "Out of season until October", until: "2026-09-30" },
  { kind: "mark_down", percent: 20 },
];
