using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Runtime.Tools;

namespace Sluice.Runtime.References;

/// <summary>Reads a stored value, or a page of it, into the model's context.</summary>
internal sealed class ResolveRefTool(TenantReferences references) : IBuiltInTool
{
    public ToolSpec Spec { get; } = new()
    {
        Name = BuiltInTools.ResolveRef,
        Description = "Reads a stored value by its handle, or a part of it: path is a JSON Pointer, offset and limit page arrays, objects and strings.",
        InputSchema = ArgumentSchemas.Object(
            ["kind", "id"],
            ("kind", ArgumentSchemas.String("The reference kind.")),
            ("id", ArgumentSchemas.String("The reference id, ref-….")),
            ("path", new JsonObject { ["type"] = "string", ["description"] = "A JSON Pointer into the value, such as /rows/0." }),
            ("offset", ArgumentSchemas.Integer(0, null, "The first item to read. Default 0.")),
            ("limit", ArgumentSchemas.Integer(1, null, "The most items to read."))),
        Effect = ToolEffect.ReadOnly,
    };

    public async ValueTask<ToolOutcome> InvokeAsync(ToolCall call)
    {
        var handle = GlimpseRefTool.ReadHandle(call);
        var value = await references.ResolveAsync(handle, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        var path = call.Arguments.TryGetProperty("path", out var pointer) ? pointer.GetString()! : "";
        foreach (var segment in JsonPointerPath.Split(path))
        {
            if (JsonPointerPath.Step(value, segment) is not { } next)
                return ToolOutcome.Failed(ErrorCodes.InvalidArguments, $"The value has nothing at '{path}'; '{segment}' is not in {JsonPointerPath.Shorten(value)}");
            value = next;
        }

        var offset = call.Arguments.TryGetProperty("offset", out var first) ? ReadNumber(first) : 0;
        int? limit = call.Arguments.TryGetProperty("limit", out var most) ? (int)Math.Min(ReadNumber(most), int.MaxValue) : null;
        return ToolOutcome.Of(ReferencePages.Cut(value, offset, limit, call.Tool!.MaxResultBytes));
    }

    /// <summary>An integer by its schema may still be written as 1.0, or be larger than any index.</summary>
    private static long ReadNumber(JsonElement number) =>
        number.TryGetInt64(out var value) ? value : (long)Math.Min(number.GetDouble(), int.MaxValue);
}
