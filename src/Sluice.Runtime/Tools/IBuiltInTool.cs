using System.Text.Json;

namespace Sluice.Runtime.Tools;

/// <summary>A tool of the runtime's own. It records its steps itself, so running it again after a crash repeats nothing.</summary>
internal interface IBuiltInTool
{
    /// <summary>What the model sees.</summary>
    ToolSpec Spec { get; }

    /// <summary>What is checked before the tool runs, where that is less than the model sees; null: the same.</summary>
    JsonElement? ArgumentSchema => null;

    ValueTask<ToolOutcome> InvokeAsync(ToolCall call);
}
