using Sluice.Runtime.Tools;

namespace Sluice.Runtime.References;

/// <summary>Reads the summary of a stored value into the model's context.</summary>
internal sealed class GlimpseRefTool(TenantReferences references) : IBuiltInTool
{
    public ToolSpec Spec { get; } = new()
    {
        Name = BuiltInTools.GlimpseRef,
        Description = "Reads the small summary of a stored value by its handle.",
        InputSchema = ArgumentSchemas.Object(
            ["kind", "id"],
            ("kind", ArgumentSchemas.String("The reference kind.")),
            ("id", ArgumentSchemas.String("The reference id, ref-…."))),
        Effect = ToolEffect.ReadOnly,
    };

    public async ValueTask<ToolOutcome> InvokeAsync(ToolCall call) =>
        ToolOutcome.Of(await references.GlimpseAsync(ReadHandle(call), call.Frame.Run.CancellationToken).ConfigureAwait(false));

    public static ReferenceHandle ReadHandle(ToolCall call) => new()
    {
        Kind = call.Arguments.GetProperty("kind").GetString()!,
        Id = call.Arguments.GetProperty("id").GetString()!,
    };
}
