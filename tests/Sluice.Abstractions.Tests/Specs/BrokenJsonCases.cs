namespace Sluice.Tests.Specs;

/// <summary>One broken JSON spec per rule of reading: the only error it has, where, and a part of the message.</summary>
internal static class BrokenJsonCases
{
    public static IReadOnlyList<(string Code, string Path, string Message, string Json)> All { get; } =
    [
        (SpecErrorCodes.InvalidJson, "spec", "no JSON", "{"),
        (SpecErrorCodes.InvalidJson, "spec", "no JSON", ""),
        (SpecErrorCodes.InvalidJson, "spec", "no JSON", "{} {}"),
        (SpecErrorCodes.InvalidJson, "spec", "no JSON", "// comment\n{}"),
        (SpecErrorCodes.InvalidJson, "spec", "no JSON", Spec().Replace("You", "\ud800", StringComparison.Ordinal)),
        (SpecErrorCodes.InvalidJson, "spec", "depth", new string('[', 100_000)),
        (SpecErrorCodes.InvalidJson, "agents[0].systemPrompt", "half of a character", Spec().Replace("You", "\\uD800", StringComparison.Ordinal)),
        (SpecErrorCodes.InvalidJson, "providers[\ufffd\ufffd\ufffd]", "half of a character", Spec(""","providers":{"\udc00":{"kind":"openai"}}""")),
        (SpecErrorCodes.WrongType, "spec", "array", "[]"),
        (SpecErrorCodes.WrongType, "agents", "array", """{"tenant":{"resourceId":"a","version":"b"},"agents":{}}"""),
        (SpecErrorCodes.WrongType, "agents[0].maxTurns", "integer", Spec(agent: ""","maxTurns":"25" """)),
        (SpecErrorCodes.WrongType, "agents[0].maxTurns", "integer", Spec(agent: ""","maxTurns":2.5""")),
        (SpecErrorCodes.WrongType, "agents[0].model", "", Spec().Replace("\"m\"", "7", StringComparison.Ordinal)),
        (SpecErrorCodes.WrongType, "agents[0].tools[0]", "", Spec(agent: ""","tools":[null]""")),
        (SpecErrorCodes.WrongType, "approvalPolicies.plans", "", Spec(""","approvalPolicies":{"plans":true}""")),
        (SpecErrorCodes.MissingProperty, "agents[0]", "\"systemPrompt\"", Spec().Replace("\"systemPrompt\":\"You.\",", "", StringComparison.Ordinal)),
        (SpecErrorCodes.MissingProperty, "spec", "\"tenant\"", """{"agents":[]}"""),
        (SpecErrorCodes.UnknownProperty, "agents[0].maxturns", "did you mean \"maxTurns\"", Spec(agent: ""","maxturns":3""")),
        (SpecErrorCodes.UnknownProperty, "providers[a].api_key", "did you mean \"apiKey\"", Spec(""","providers":{"a":{"kind":"openai","api_key":"sk-planted-secret"}}""")),
        (SpecErrorCodes.UnknownProperty, "mcpServers[0].cmd", "not allowed", Spec(""","mcpServers":[{"name":"a","url":"http://a","cmd":"x"}]""")),
        (SpecErrorCodes.WrongType, "mcpServers[0].headersEnv[X-Key]", "another form", Spec(""","mcpServers":[{"name":"a","url":"http://a","headersEnv":{"X-Key":["sk-planted-secret"]}}]""")),
        (SpecErrorCodes.UnknownProperty, "tools[0].handler", "not allowed", Tool(""","handler":"x" """)),
        (SpecErrorCodes.DuplicateProperty, "agents[0].name", "twice", Spec(agent: ""","name":"b" """)),
        (SpecErrorCodes.DuplicateProperty, "tools[0].inputSchema.type", "twice", Tool("").Replace("\"type\"", "\"type\":\"object\",\"t\\u0079pe\"", StringComparison.Ordinal)),
        (SpecErrorCodes.InvalidValue, "agents[0].role", "\"specialist\"", Spec().Replace("specialist", "helper", StringComparison.Ordinal)),
        (SpecErrorCodes.InvalidValue, "approvalPolicies.tools", "\"always\"", Spec(""","approvalPolicies":{"tools":"allways"}""")),
        (SpecErrorCodes.InvalidValue, "agents[0].maxTurns", "2147483647", Spec(agent: ""","maxTurns":1e12""")),
        (SpecErrorCodes.InvalidValue, "tools[0].timeoutMs", "922337203685477", Tool(""","timeoutMs":1e300""")),
        (SpecErrorCodes.UnknownPlan, "agents[0].plan", "no plan \"P\"", Spec(agent: ""","plan":"P" """)),
        (SpecErrorCodes.UnknownTool, "agents[0].tools[0]", "did you mean \"search\"", Tool("").Replace("\"tools\":[\"search\"]", "\"tools\":[\"serch\",\"search\"]", StringComparison.Ordinal)),
        (SpecErrorCodes.UnusedTool, "tools[0]", "No agent uses", Tool("").Replace("\"tools\":[\"search\"]", "\"tools\":[]", StringComparison.Ordinal)),
        (SpecErrorCodes.InvalidMaxTurns, "agents[0].maxTurns", "at least 1", Spec(agent: ""","maxTurns":-1e300""")),
        (SpecErrorCodes.InvalidTimeout, "agents[0].tools[0].timeoutMs", "positive", Tool(""","timeoutMs":-1e300""")),
        (SpecErrorCodes.UnknownToolkit, "agents[0].toolkits[0]", "did you mean", Spec(agent: ""","toolkits":["plan"]""")),
        (SpecErrorCodes.DuplicateTool, "agents[0].tools[1].name", "already", Tool("").Replace("\"tools\":[\"search\"]", """
            "tools":["search",{"name":"search","description":"x","inputSchema":{"type":"object"}}]
            """, StringComparison.Ordinal)),
    ];

    public static string Spec(string rest = "", string agent = "") =>
        $$"""{"tenant":{"resourceId":"acme","version":"v1"},"agents":[{"name":"a","role":"specialist","systemPrompt":"You.","model":"m"{{agent}}}]{{rest}}}""";

    public static string Tool(string tool) =>
        Spec($$""","tools":[{"name":"search","description":"Finds.","inputSchema":{"type":"object"}{{tool}}}]""", ""","tools":["search"]""");
}
