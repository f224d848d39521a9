using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Tools;

/// <summary>Keeps results that are too large for a prompt out of it.</summary>
internal sealed class LargeResults(TenantReferences references)
{
    public async ValueTask<ToolOutcome> FitAsync(ToolCall call, JsonElement result)
    {
        var size = JsonMarshal.GetRawUtf8Value(result).Length;
        var tool = call.Tool!;
        if (size <= tool.MaxResultBytes) return ToolOutcome.Of(result);
        if (tool.Spec.LargeResult == LargeResultHandling.Truncate) return Truncate(result, size, tool.MaxResultBytes);
        try
        {
            return await OffloadAsync(call, result, size).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception is not RunFaultException)
        {
            return ToolOutcome.Failed(
                ErrorCodes.InvalidResult, $"'{tool.Name}' ran, but its result of {size} bytes could not be stored. {exception.Message}");
        }
    }

    private async ValueTask<ToolOutcome> OffloadAsync(ToolCall call, JsonElement result, int size)
    {
        if (call.Tool!.Spec.Reference is not { } declared)
            return await OffloadAsync(call, TenantReferences.ToolResultKind, result, size).ConfigureAwait(false);
        try
        {
            return await OffloadAsync(call, declared, result, size).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception is not RunFaultException)
        {
            // The tool has run, and what it found must not be lost for want of the right shape.
            return await OffloadAsync(call, TenantReferences.ToolResultKind, result, size).ConfigureAwait(false);
        }
    }

    private async ValueTask<ToolOutcome> OffloadAsync(ToolCall call, string kind, JsonElement result, int size)
    {
        var recorded = new RecordedReferences(references, call.Frame.Run.Journal, call.Key, call.Frame.Agent.Name);
        var envelope = await recorded.CreateAsync(kind, result, null, call.Frame.Run.CancellationToken).ConfigureAwait(false);
        return ToolOutcome.Of(new
        {
            reference = envelope.ToHandle(),
            envelope.Glimpse,
            bytes = size,
            note = $"The result is {size} bytes of JSON and was stored. Pass the handle on, or read parts of it with {BuiltInTools.ResolveRef} where you have it.",
        });
    }

    private static ToolOutcome Truncate(JsonElement result, int size, int maxBytes)
    {
        var bytes = JsonMarshal.GetRawUtf8Value(result);
        var length = Math.Max(0, maxBytes - 128);
        while (length > 0 && (bytes[length] & 0xC0) == 0x80) length--;
        return ToolOutcome.Of(new { truncated = true, bytes = size, beginning = Encoding.UTF8.GetString(bytes[..length]) });
    }
}
