using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Json;

namespace Sluice;

/// <summary>Writes a valid spec. What has its default value is left out, except what a reader of the file wants to see of an agent.</summary>
internal sealed class RuntimeSpecWriter(Utf8JsonWriter json)
{
    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = CanonicalJson.MaxDepth };

    public static string Write(RuntimeSpec spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Layout)) new RuntimeSpecWriter(json).WriteSpec(spec);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteSpec(RuntimeSpec spec)
    {
        json.WriteStartObject();
        json.WriteStartObject("tenant");
        json.WriteString("resourceId", spec.Tenant.ResourceId);
        json.WriteString("version", spec.Tenant.Version);
        json.WriteEndObject();
        WriteList("agents", spec.Agents, WriteAgent);
        WriteList("plans", spec.Plans, WritePlan);
        WriteList("tools", spec.Agents.SelectMany(agent => agent.Tools).DistinctBy(tool => tool.Name), WriteTool);
        WriteList("references", spec.References, WriteReference);
        WriteList("toolkits", spec.Toolkits, WriteToolkit);
        WriteList("mcpServers", spec.McpServers, WriteMcpServer);
        WritePatch("approvalPolicies", spec.ApprovalPolicies);
        WriteMap("approvalOverrides", spec.ApprovalOverrides, WriteOverride);
        WriteMap("storageFactories", spec.StorageFactories, WriteStorageFactory);
        WriteMap("providers", spec.Providers, WriteProvider);
        json.WriteEndObject();
    }

    private void WriteAgent(AgentSpec agent)
    {
        json.WriteStartObject();
        json.WriteString("name", agent.Name);
        WriteValue("role", agent.Role);
        json.WriteBoolean("stateful", agent.Stateful);
        json.WritePropertyName("model");
        WriteModel(agent.Model);
        json.WriteString("systemPrompt", agent.SystemPrompt);
        WriteTexts("routes", agent.Routes);
        WriteTexts("toolkits", agent.Toolkits);
        WriteTexts("mcpServers", agent.McpServers);
        json.WriteNumber("maxTurns", agent.MaxTurns);
        WriteText("plan", agent.Plan?.Name);
        WriteTexts("tools", agent.Tools.Select(tool => tool.Name));
        WritePatch("approvalPolicies", agent.ApprovalPolicies);
        WriteMap("toolApprovalPolicies", agent.ToolApprovalPolicies, WritePolicy);
        WriteText("promptCacheKey", agent.PromptCacheKey);
        json.WriteEndObject();
    }

    private void WriteModel(ModelSpec model)
    {
        if (model is { Provider: null, Fallbacks.Count: 0, Reasoning: null, MaxOutputTokens: null })
        {
            json.WriteStringValue(model.Id);
            return;
        }

        json.WriteStartObject();
        json.WriteString("id", model.Id);
        WriteText("provider", model.Provider);
        WriteList("fallbacks", model.Fallbacks, WriteModel);
        if (model.Reasoning is { } reasoning) json.WriteString("reasoning", ModelRules.ReasoningNames[(int)reasoning]);
        if (model.MaxOutputTokens is { } most) json.WriteNumber("maxOutputTokens", most);
        json.WriteEndObject();
    }

    private void WritePlan(PlanSpec plan)
    {
        json.WriteStartObject();
        json.WriteString("name", plan.Name);
        WriteElement("schema", plan.Schema);
        WriteMap("displayAliases", plan.DisplayAliases, json.WriteStringValue);
        if (plan.CompensateOnFailure) json.WriteBoolean("compensateOnFailure", true);
        json.WriteEndObject();
    }

    private void WriteTool(ToolSpec tool)
    {
        json.WriteStartObject();
        json.WriteString("name", tool.Name);
        json.WriteString("description", tool.Description);
        WriteElement("inputSchema", tool.InputSchema);
        WritePolicy("approval", tool.Approval);
        if (tool.Effect != ToolEffect.SideEffect) WriteValue("effect", tool.Effect);
        WriteDuration("timeoutMs", tool.Timeout);
        if (tool.MaxResultBytes is { } bytes) json.WriteNumber("maxResultBytes", bytes);
        if (tool.LargeResult != LargeResultHandling.Offload) WriteValue("largeResult", tool.LargeResult);
        WriteText("reference", tool.Reference);
        json.WriteEndObject();
    }

    private void WriteReference(ReferenceSpec reference)
    {
        json.WriteStartObject();
        json.WriteString("name", reference.Name);
        WriteElement("schema", reference.Schema);
        WriteDuration("ttlMs", reference.Ttl);
        json.WriteEndObject();
    }

    private void WriteToolkit(ToolkitSpec toolkit)
    {
        json.WriteStartObject();
        json.WriteString("id", toolkit.Id);
        // An empty list keeps no tool, and no list keeps all.
        if (toolkit.Tools is not null) WriteArray("tools", toolkit.Tools, json.WriteStringValue);
        WriteElement("config", toolkit.Config);
        json.WriteEndObject();
    }

    private void WriteMcpServer(McpServerSpec server)
    {
        json.WriteStartObject();
        json.WriteString("name", server.Name);
        WriteText("command", server.Command);
        WriteTexts("arguments", server.Arguments);
        WriteTexts("environmentVariables", server.EnvironmentVariables);
        WriteText("workingDirectory", server.WorkingDirectory);
        WriteText("url", server.Url);
        WriteText("bearerTokenEnv", server.BearerTokenEnv);
        WriteMap("headersEnv", server.HeadersEnv, json.WriteStringValue);
        json.WriteString("prefix", server.Prefix);
        // An empty list keeps no tool, and no list keeps all.
        if (server.Tools is not null) WriteArray("tools", server.Tools, json.WriteStringValue);
        WritePolicy("approval", server.Approval);
        if (server.TrustAnnotations) json.WriteBoolean("trustAnnotations", true);
        WriteDuration("connectTimeoutMs", server.ConnectTimeout);
        WriteDuration("callTimeoutMs", server.CallTimeout);
        json.WriteEndObject();
    }

    private void WriteOverride(ApprovalOverride rules)
    {
        json.WriteStartObject();
        WritePolicy("plans", rules.Plans);
        WritePolicy("tools", rules.Tools);
        WriteMap("toolApprovals", rules.ToolApprovals, WritePolicy);
        json.WriteEndObject();
    }

    private void WriteStorageFactory(StorageFactorySpec factory)
    {
        json.WriteStartObject();
        json.WriteString("kind", factory.Kind);
        WriteElement("config", factory.Config);
        json.WriteEndObject();
    }

    private void WriteProvider(ProviderSpec provider)
    {
        json.WriteStartObject();
        json.WriteString("kind", provider.Kind);
        WriteText("apiKeyEnv", provider.ApiKeyEnv);
        WriteText("apiKey", provider.ApiKey);
        WriteText("baseUrl", provider.BaseUrl);
        WriteMap("headers", provider.Headers, json.WriteStringValue);
        if (provider.MaxConcurrency is { } limit) json.WriteNumber("maxConcurrency", limit);
        WriteDuration("timeoutMs", provider.Timeout);
        json.WriteEndObject();
    }

    private void WritePatch(string name, ApprovalPatch? rules)
    {
        if (rules is null) return;
        json.WriteStartObject(name);
        WritePolicy("plans", rules.Plans);
        WritePolicy("tools", rules.Tools);
        if (rules.Locked) json.WriteBoolean("locked", true);
        json.WriteEndObject();
    }

    private void WritePolicy(string name, ApprovalPolicy? policy)
    {
        if (policy is null) return;
        json.WritePropertyName(name);
        WritePolicy(policy);
    }

    private void WritePolicy(ApprovalPolicy policy) => JsonSerializer.Serialize(json, policy, SluiceJson.Options);

    private void WriteValue<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, SluiceJson.Options);
    }

    private void WriteText(string name, string? text)
    {
        if (text is not null) json.WriteString(name, text);
    }

    private void WriteDuration(string name, TimeSpan? duration)
    {
        if (duration is { } value) JsonMilliseconds.Write(json, name, value);
    }

    private void WriteElement(string name, JsonElement? element)
    {
        if (element is not { } value) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private void WriteTexts(string name, IEnumerable<string> texts) => WriteList(name, texts, json.WriteStringValue);

    private void WriteList<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        if (items.Any()) WriteArray(name, items, write);
    }

    private void WriteArray<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    private void WriteMap<T>(string name, IReadOnlyDictionary<string, T> map, Action<T> write)
    {
        if (map.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            json.WritePropertyName(key);
            write(value);
        }

        json.WriteEndObject();
    }
}
