using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Runtime.References;
using Sluice.Runtime.Runs;

namespace Sluice.Runtime.Tools;

/// <summary>Keeps results that are too large for a prompt out of it.</summary>
internal sealed class LargeResults(TenantReferences references)
{
    // Room for the members around the text.
    private const int Overhead = 128;

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
            return await OffloadAsync(call, ReferenceSpec.ToolResult, result, size).ConfigureAwait(false);
        try
        {
            return await OffloadAsync(call, declared, result, size).ConfigureAwait(false);
        }
        catch (SluiceException exception) when (exception is not RunFaultException)
        {
            // The tool has run, and what it found must not be lost for want of the right shape.
            return await OffloadAsync(call, ReferenceSpec.ToolResult, result, size).ConfigureAwait(false);
        }
    }

    private async ValueTask<ToolOutcome> OffloadAsync(ToolCall call, string kind, JsonElement result, int size)
    {
        var journal = call.Frame.Run.Journal;
        var recorded = new RecordedReferences(
            references, journal, call.Key, (key, created) => journal.AppendAsync(key, call.Frame.Agent.Name, created));
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
        var length = maxBytes - Overhead;
        while (true)
        {
            while (length > 0 && (bytes[length] & 0xC0) == 0x80) length--;
            var outcome = ToolOutcome.Of(new { truncated = true, bytes = size, beginning = Encoding.UTF8.GetString(bytes[..length]) });
            // A quote of the text takes two bytes in JSON, so the text has to be shorter than the room for it.
            var written = JsonMarshal.GetRawUtf8Value(outcome.Result!.Value).Length;
            if (written <= maxBytes) return outcome;
            length = (int)((long)length * maxBytes / written);
        }
    }
}
