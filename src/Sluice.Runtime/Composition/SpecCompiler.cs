using System.Text.Json;
using Microsoft.Extensions.AI;
using Sluice.Json;
using Sluice.JsonSchemas;
using Sluice.Runtime.Approvals;
using Sluice.Runtime.Diagnostics;
using Sluice.Runtime.Drift;
using Sluice.Runtime.History;
using Sluice.Runtime.Providers;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.Composition;

/// <summary>Turns a valid spec and its options into something that runs. Everything that does not fit is reported together.</summary>
internal sealed class SpecCompiler(RuntimeSpec spec, RuntimeOptions options, BuiltInToolset builtIns, ModelClients models)
{
    private readonly List<SpecError> _problems = [];
    private readonly ProvidedToolkits _toolkits = new(spec, options);
    private readonly McpServerTools _mcpServers = new(spec, options);

    public CompiledSpec Compile()
    {
        CheckLimits();
        CheckCompaction();
        _toolkits.Check(_problems);
        var plans = spec.Plans.ToDictionary(plan => plan.Name, plan => new CompiledPlan(plan, JsonSchema.Compile(plan.Schema)));
        var agents = new Dictionary<string, CompiledAgent>(StringComparer.Ordinal);
        foreach (var agent in spec.Agents)
        {
            if (CompileAgent(agent) is { } compiled) agents.Add(agent.Name, compiled);
        }

        CheckHandlers();
        if (_problems.Count > 0)
        {
            models.Dispose();
            throw new SpecValidationException(_problems, ErrorCodes.InvalidOptions);
        }

        var entry = spec.Agents.FirstOrDefault(agent => agent.Role == AgentRole.Coordinator)
            ?? (spec.Agents.Count == 1 ? spec.Agents[0] : null);
        return new()
        {
            Spec = spec,
            Definition = SpecDefinition.Of(spec),
            Agents = agents,
            Plans = plans,
            Entry = entry is null ? null : agents[entry.Name],
        };
    }

    private CompiledAgent? CompileAgent(AgentSpec agent)
    {
        var tools = new SortedDictionary<string, CompiledTool>(StringComparer.Ordinal);
        foreach (var builtIn in builtIns.For(agent, spec))
            tools[builtIn.Spec.Name] = CompileTool(agent, builtIn.Spec, null, builtIn);
        foreach (var tool in _toolkits.For(agent, _problems).Concat(_mcpServers.For(agent, _problems)))
            tools[tool.Name] = CompileTool(agent, tool, tool.Handler, null);
        foreach (var tool in agent.Tools)
            tools[tool.Name] = CompileTool(agent, tool, FindHandler(agent, tool), null);
        foreach (var tool in tools.Values) CheckPredicate(tool.Approval);

        var client = options.Interpreter.FindClient(agent.Model, $"agents[{agent.Name}].model", models, _problems);
        if (client is null) return null;
        var chatOptions = new ChatOptions
        {
            ModelId = agent.Model.Id,
            Tools = [.. tools.Values.Select(tool => tool.Declaration)],
            Reasoning = ModelRoute.ToReasoning(agent.Model),
            MaxOutputTokens = agent.Model.MaxOutputTokens,
        };
        var lastTurnOptions = chatOptions.Clone();
        lastTurnOptions.ToolMode = ChatToolMode.None;
        return new()
        {
            Spec = agent,
            SystemMessage = new(ChatRole.System, SystemPrompt.Render(agent, spec, tools.Values)),
            Tools = tools,
            Client = client,
            ChatOptions = chatOptions,
            LastTurnOptions = lastTurnOptions,
            DeclarationBytes = MessageBytes.OfTools(tools.Values.Select(tool => tool.Spec)),
            CapturesContent = ContentCapture.IsOn(options),
            PlanApproval = ApprovalRules.ForPlans(spec, agent),
        };
    }

    private CompiledTool CompileTool(AgentSpec agent, ToolSpec tool, ToolHandler? handler, IBuiltInTool? builtIn)
    {
        var definition = JsonSerializer.SerializeToElement(
            new { tool.Name, tool.Description, tool.InputSchema, tool.Effect }, SluiceJson.Options);
        return new()
        {
            Spec = tool,
            Input = JsonSchema.Compile(builtIn?.ArgumentSchema ?? tool.InputSchema),
            Declaration = AIFunctionFactory.CreateDeclaration(tool.Name, tool.Description, tool.InputSchema),
            Version = CanonicalJson.Sha256Hex(definition),
            Handler = handler,
            BuiltIn = builtIn,
            Approval = WithPredicate(ApprovalRules.ForTool(spec, agent, tool, builtIn is not null)),
            MaxResultBytes = tool.MaxResultBytes ?? options.Limits.MaxResultBytes,
            Timeout = tool.Timeout ?? (builtIn is null ? options.Limits.ToolTimeout : null),
        };
    }

    private ToolHandler? FindHandler(AgentSpec agent, ToolSpec tool)
    {
        if (options.ToolBindings.TryGetValue(tool.Name, out var bound)) return bound;
        if (spec.ToolBindings.TryGetValue(tool.Name, out var declared)) return declared;
        if (tool.Handler is not null) return tool.Handler;
        _problems.Add(new(
            "unbound_tool", $"agents[{agent.Name}].tools[{tool.Name}]",
            $"Tool '{tool.Name}' has no handler. Add one to RuntimeOptions.ToolBindings."));
        return null;
    }

    private ApprovalExplanation WithPredicate(ApprovalExplanation approval)
    {
        if (approval.Policy is not { Mode: ApprovalMode.Dynamic, Predicate: null } policy) return approval;
        var id = policy.PredicateId ?? approval.Tool;
        return options.ApprovalPredicates.TryGetValue(id, out var predicate)
            ? approval with { Policy = policy with { PredicateId = id, Predicate = predicate } }
            : approval;
    }

    private void CheckPredicate(ApprovalExplanation approval)
    {
        if (approval.Policy is { Mode: ApprovalMode.Dynamic, Predicate: null } policy)
        {
            _problems.Add(new(
                "unknown_predicate", approval.Rule,
                $"Approval predicate '{policy.PredicateId ?? approval.Tool}' is not registered. Add it to RuntimeOptions.ApprovalPredicates."));
        }
    }

    private void CheckHandlers()
    {
        if (options.ActionDispatcher is not ActionHandlers handlers) return;
        foreach (var plan in spec.Plans)
        {
            if (plan.Binding is null) continue;
            foreach (var kind in plan.Binding.ActionKinds.Keys.Except(handlers.KindsOf(plan.Name), StringComparer.Ordinal))
            {
                _problems.Add(new(
                    "unhandled_action", $"plans[{plan.Name}].actions[{kind}]",
                    $"Action '{kind}' of plan '{plan.Name}' has no handler. Add one with .On<{plan.Binding.ActionKinds[kind].Name}>(…)."));
            }
        }
    }

    private void CheckLimits()
    {
        var limits = options.Limits;
        Check(limits.MaxDepth >= 1, nameof(Limits.MaxDepth), "at least 1");
        Check(limits.MaxInvalidToolCalls >= 1, nameof(Limits.MaxInvalidToolCalls), "at least 1");
        Check(limits.MaxParallelToolCalls >= 1, nameof(Limits.MaxParallelToolCalls), "at least 1");
        Check(limits.MaxResultBytes >= 256, nameof(Limits.MaxResultBytes), "at least 256");
        Check(limits.MaxArgumentBytes >= 256, nameof(Limits.MaxArgumentBytes), "at least 256");
        Check(limits.SuspendAfter >= TimeSpan.Zero, nameof(Limits.SuspendAfter), "not negative");
        Check(limits.ToolTimeout is null || limits.ToolTimeout > TimeSpan.Zero, nameof(Limits.ToolTimeout), "positive");
        Check(limits.WallTime is null || limits.WallTime > TimeSpan.Zero, nameof(Limits.WallTime), "positive");
        Check(limits.Turns is null or >= 1, nameof(Limits.Turns), "at least 1");
        Check(limits.ToolCalls is null or >= 0, nameof(Limits.ToolCalls), "not negative");
        Check(limits.Tokens is null or >= 1, nameof(Limits.Tokens), "at least 1");
        Check(limits.CostUsd is null or >= 0, nameof(Limits.CostUsd), "not negative");
        var calls = options.ModelCalls;
        Check(calls.MaxAttempts >= 1, nameof(ModelCallOptions.MaxAttempts), "at least 1", "modelCalls");
        Check(calls.BaseDelay >= TimeSpan.Zero, nameof(ModelCallOptions.BaseDelay), "not negative", "modelCalls");
        Check(calls.MaxDelay >= TimeSpan.Zero, nameof(ModelCallOptions.MaxDelay), "not negative", "modelCalls");
        Check(calls.IdleTimeout > TimeSpan.Zero, nameof(ModelCallOptions.IdleTimeout), "positive", "modelCalls");
        Check(calls.TotalTimeout > TimeSpan.Zero, nameof(ModelCallOptions.TotalTimeout), "positive", "modelCalls");
        if (options.Retention <= TimeSpan.Zero) _problems.Add(new("invalid_retention", "retention", "Retention must be positive; without one, runs stay until they are pruned."));
        if (options.LeaseDuration < TimeSpan.FromSeconds(3))
            _problems.Add(new("invalid_lease_duration", "leaseDuration", "LeaseDuration must be at least 3 seconds: signs of life are written about every second at best."));
    }

    private void CheckCompaction()
    {
        var compaction = options.Compaction;
        Check(compaction.Threshold is > 0 and <= 1, nameof(CompactionOptions.Threshold), "above 0 and at most 1", "compaction");
        Check(compaction.TurnsKept >= 1, nameof(CompactionOptions.TurnsKept), "at least 1", "compaction");
        Check(compaction.MaxSummaryTokens >= 64, nameof(CompactionOptions.MaxSummaryTokens), "at least 64", "compaction");
        Check(compaction.ContextTokens is null or >= 1, nameof(CompactionOptions.ContextTokens), "at least 1", "compaction");
    }

    private void Check(bool holds, string limit, string rule, string owner = "limits")
    {
        if (!holds) _problems.Add(new("invalid_limit", $"{owner}.{JsonNamingPolicy.CamelCase.ConvertName(limit)}", $"{limit} must be {rule}."));
    }
}
