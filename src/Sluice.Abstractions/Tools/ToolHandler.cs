using System.Text.Json;

namespace Sluice;

/// <summary>The code behind a tool. Implementations are thread-safe: one handler serves every run.</summary>
public abstract class ToolHandler
{
    /// <summary>Runs the tool once.</summary>
    /// <param name="arguments">The arguments, an object that satisfies the tool's input schema.</param>
    /// <param name="context">The call's surroundings.</param>
    /// <returns>The result as JSON; it stays valid after the call.</returns>
    public abstract ValueTask<JsonElement> InvokeAsync(JsonElement arguments, ToolContext context);
}
