using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Sluice.Mcp.Serving;

/// <summary>An agent's tools as a client sees them. Every call is a run of the runtime.</summary>
internal sealed class ServedTools
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    private readonly IAgentRuntime _runtime;
    private readonly string _agent;
    private readonly McpApprovals _approvals;
    private readonly IReadOnlyDictionary<string, Tool> _tools;

    public ServedTools(IAgentRuntime runtime, string agent, McpApprovals approvals)
    {
        (_runtime, _agent, _approvals) = (runtime, agent, approvals);
        // A client has a model of its own: it calls tools here, not agents.
        _tools = runtime.ListTools(agent).Where(tool => tool.Name != BuiltInTools.CallAgent).ToDictionary(tool => tool.Name, ToTool, StringComparer.Ordinal);
    }

    public ListToolsResult List() => new() { Tools = [.. _tools.Values] };

    /// <summary>Runs a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="over">Cancelled when the client's connection is over.</param>
    /// <param name="cancellationToken">Cancelled when the client cancels the call.</param>
    public async ValueTask<CallToolResult> CallAsync(
        RequestContext<CallToolRequestParams> request, CancellationToken over, CancellationToken cancellationToken)
    {
        if (request.Params is not { } call || !_tools.ContainsKey(call.Name))
            throw new McpProtocolException($"There is no tool '{request.Params?.Name}'. List the tools.", McpErrorCode.InvalidParams);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        var gate = new CallGate(_runtime, request.Server, _approvals, call.Name, stop);
        var progress = new CallProgress(request.Server, call.ProgressToken);
        ToolInvocationEvent? result = null;
        ErrorInfo? failure = null;
        await using (gate.ConfigureAwait(false))
        {
            var asked = new ToolCallRequest
            {
                Agent = _agent,
                Tool = call.Name,
                Arguments = ToObject(call.Arguments),
                // The call has a thread of its own already. Only progress must be told while it is busy.
                ExecuteSynchronously = call.ProgressToken is null,
            };
            await foreach (var runtimeEvent in _runtime.CallToolAsync(asked, stop.Token).ConfigureAwait(false))
            {
                switch (runtimeEvent)
                {
                    case ToolProgressEvent step: await progress.ReportAsync(step, stop.Token).ConfigureAwait(false); break;
                    case ApprovalRequiredEvent required: gate.Answer(required); break;
                    case ApprovalDecisionEvent decided: gate.Decided(decided); break;
                    case ToolInvocationEvent { State: InvocationState.Result } done: result = done; break;
                    case ErrorEvent failed: failure = failed.Error; break;
                    case FinishEvent { FinishReason: not FinishReason.Stop } finish: failure = ToolResults.Unfinished(finish); break;
                }
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        over.ThrowIfCancellationRequested();
        failure = gate.Failure ?? failure ?? result?.Error;
        return failure is null && result?.Result is { } value ? ToolResults.Of(value) : ToolResults.Of(failure ?? ToolResults.NoResult);
    }

    private static Tool ToTool(ToolSpec tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        Annotations = new()
        {
            ReadOnlyHint = tool.Effect == ToolEffect.ReadOnly,
            IdempotentHint = tool.Effect is ToolEffect.ReadOnly or ToolEffect.Idempotent,
            DestructiveHint = tool.Effect != ToolEffect.ReadOnly,
        },
    };

    private static JsonElement ToObject(IDictionary<string, JsonElement>? arguments)
    {
        if (arguments is not { Count: > 0 }) return Empty;
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
            }

            json.WriteEndObject();
        }

        return JsonElement.Parse(written.WrittenSpan);
    }
}
