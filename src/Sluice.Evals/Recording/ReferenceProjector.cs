using System.Text.Json;

namespace Sluice.Evals.Recording;

/// <summary>Puts what a handle stands for in its place, since ids differ from run to run.</summary>
internal sealed class ReferenceProjector(IAgentRuntime runtime, ReferenceProjection projection)
{
    private readonly Dictionary<ReferenceHandle, JsonElement> _projected = [];

    /// <summary>The value with every handle in it projected.</summary>
    public async ValueTask<JsonElement> ProjectAsync(JsonElement value, CancellationToken cancellationToken)
    {
        if (projection == ReferenceProjection.Handle) return value;
        var handles = new HashSet<ReferenceHandle>();
        Find(value, handles);
        if (handles.Count == 0) return value;
        foreach (var handle in handles)
        {
            if (!_projected.ContainsKey(handle))
                _projected[handle] = await ProjectAsync(handle, cancellationToken).ConfigureAwait(false);
        }

        return WrittenJson.Of(writer => Write(writer, value));
    }

    private async ValueTask<JsonElement> ProjectAsync(ReferenceHandle handle, CancellationToken cancellationToken)
    {
        try
        {
            if (projection == ReferenceProjection.Value)
            {
                var value = await runtime.ResolveReferenceAsync(handle, cancellationToken).ConfigureAwait(false);
                return ToObject(new { handle.Kind, value });
            }

            var envelope = await runtime.ReferenceGlimpseAsync(handle, cancellationToken).ConfigureAwait(false);
            return ToObject(new { handle.Kind, envelope.Glimpse });
        }
        catch (SluiceException gone)
            when (gone.Code is ErrorCodes.ReferenceNotFound or ErrorCodes.ReferenceExpired or ErrorCodes.UnknownReferenceKind)
        {
            return ToObject(new { handle.Kind, handle.Id, missing = true });
        }
    }

    private static JsonElement ToObject(object value) => JsonSerializer.SerializeToElement(value, Json.SluiceJson.Options);

    private static void Find(JsonElement value, HashSet<ReferenceHandle> into)
    {
        if (ReferenceHandle.Find(value) is { } handle)
        {
            into.Add(handle);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject()) Find(member.Value, into);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray()) Find(element, into);
        }
    }

    private void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (ReferenceHandle.Find(value) is { } handle)
        {
            _projected[handle].WriteTo(writer);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in value.EnumerateObject())
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var element in value.EnumerateArray()) Write(writer, element);
            writer.WriteEndArray();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
