using Sluice.Runtime.Loop;

namespace Sluice.Runtime.Tools;

/// <summary>Hands work to another agent in a frame of its own.</summary>
internal sealed class CallAgentTool(SubAgents subAgents, AgentSpec agent) : IBuiltInTool
{
    public ToolSpec Spec { get; } = new()
    {
        Name = BuiltInTools.CallAgent,
        Description = "Hands a task to another agent and returns its answer. The agent sees only the prompt you write.",
        InputSchema = ArgumentSchemas.Object(
            ["agent", "prompt"],
            ("agent", ArgumentSchemas.Choice(agent.Routes, "The agent to call.")),
            ("prompt", ArgumentSchemas.String("The whole task, with everything the agent must know."))),
    };

    public async ValueTask<ToolOutcome> InvokeAsync(ToolCall call)
    {
        var name = call.Arguments.GetProperty("agent").GetString()!;
        var prompt = call.Arguments.GetProperty("prompt").GetString()!;
        var result = await subAgents.RunAsync(call.Frame, name, prompt, call.Key, call.Id).ConfigureAwait(false);
        if (result.Error is { } error) return ToolOutcome.Failed(error);
        return result.Reason == FinishReason.MaxTurns
            ? ToolOutcome.Failed("max_turns", $"Agent '{name}' used all its turns before it was done.")
            : ToolOutcome.Of(result.Text);
    }
}
